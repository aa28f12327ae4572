from __future__ import annotations

import subprocess
import sys

CODE = """
import sys
from bot.rasa import lean
lean.leave_out_unused({channels})
import rasa.core.agent, rasa.core.channels
print(getattr(sys.modules["pymongo"], "__file__", None) is not None)
try:
    from rasa.core.channels.slack import SlackBot
    from rasa.core.tracker_store import MongoTrackerStore
    rasa.core.channels.telegram.TelegramOutput("token")
except ImportError as error:
    print(error)
except Exception as error:
    print("other", type(error))
"""


def run(channels: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", CODE.replace("{channels}", channels)],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def test_unused_libraries_are_left_out_and_their_use_is_an_error_that_says_so() -> None:
    loaded, error = run("['bot.rasa.web_channel.WebChannel']")
    assert loaded == "False"
    assert "bot.rasa.lean" in error


def test_with_a_channel_of_rasas_own_everything_is_loaded() -> None:
    loaded, error = run("['bot.rasa.web_channel.WebChannel', 'telegram']")
    assert loaded == "True"
    assert "bot.rasa.lean" not in error
