from __future__ import annotations

from pathlib import Path

from tests.dialogues.talk import Person
from tests.server import free_port, running


def test_a_restart_in_the_middle_of_an_interview_loses_nothing(tmp_path: Path) -> None:
    port = str(free_port())
    with running(tmp_path, PORT=port) as address:
        person = Person(address)
        person.write("bonjour, j'ai 27 ans, je suis couturière à Fès")
        asked = person.asked()
        assert asked == "seeking"
    with running(tmp_path, PORT=port):
        person.write("un financement")
        assert "une aide en argent" in person.seen()
        person.write("que savez-vous de moi ?")
        assert "27 ans" in person.seen()
        assert "Fès" in person.seen()
