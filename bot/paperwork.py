"""What a message says of the person's own application: papers had or missing, and its progress.

Pure: a message and the catalogue's names of papers; no Rasa.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import yamlsource
from language.gazetteer import Gazetteer

_WORDS = Path(__file__).with_name("rasa") / "nlu" / "paperwork.yml"
_STOPS = r"[,.;:!?،؛؟\n]+"
_MARKS = re.compile("[?؟]")
LACKING, HAVING = "lacking", "having"
OPPOSITE = {"granted": "refused"}
"""What a negated word of progress says: "ma 9eblounich" is a refusal; the others say nothing."""


@dataclass(frozen=True)
class Paperwork:
    """Papers and progress, as told in one message.

    Attributes:
        have: Ids of papers that the person names as theirs, or just names.
        lack: Ids of papers that they say are missing.
        everything: Whether they have all papers, but for those missing.
        claimed: Whether it is said that papers are there or missing, more than just named.
        progress: filed, granted, refused or no_answer, the last one told; None where nothing is said.
    """

    have: tuple[str, ...] = ()
    lack: tuple[str, ...] = ()
    progress: str | None = None
    everything: bool = False
    claimed: bool = False

    def __bool__(self) -> bool:
        return bool(self.have or self.lack or self.progress or self.everything)


class PaperworkReader:
    """Finds papers by the names of ``documents.yml`` (``name`` and ``aka``).

    Args:
        folder: The catalogue's folder.

    Raises:
        yamlsource.YamlError: A file cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        documents = yamlsource.plain(folder / "documents.yml")
        self._papers = Gazetteer(
            {
                paper: [*entry["name"].values(), *entry.get("aka", ())]
                for paper, entry in documents.items()
                if "name" in entry
            }
        )
        words = yamlsource.plain(_WORDS)
        turns = "|".join(map(re.escape, map(str, words["turns"])))
        self._clauses = re.compile(rf"{_STOPS}|(?<!\w)(?:{turns})(?!\w)", re.IGNORECASE)
        self._asking = Gazetteer({True: words["asking"]}, mistakes=False)
        self._everything = Gazetteer({True: words["everything"]}, mistakes=False)
        self._sides = Gazetteer({side: words[side] for side in (LACKING, HAVING)}, mistakes=False)
        self._progress = Gazetteer(words["progress"], mistakes=False)

    def read(self, text: str) -> Paperwork:
        """Read one message."""
        have: dict[str, None] = {}
        lack: dict[str, None] = {}
        claimed = False
        for clause in filter(None, self._clauses.split(text)):
            sides = sorted(self._sides.find(clause), key=lambda hit: hit.start)
            for paper in self._papers.find(clause):
                before = [hit for hit in sides if hit.start < paper.start]
                claimed = claimed or bool(before)
                missing = bool(before) and (before[-1].id == LACKING or before[-1].negated)
                (lack if missing else have)[paper.id] = None
        steps = sorted(self._progress.find(text), key=lambda hit: hit.start)
        told = [OPPOSITE.get(hit.id) if hit.negated else hit.id for hit in steps]
        return Paperwork(
            tuple(paper for paper in have if paper not in lack),
            tuple(lack),
            next((one for one in reversed(told) if one), None),
            bool(self._everything.find(text)),
            claimed and not (_MARKS.search(text) or self._asking.find(text)),
        )
