"""Start faster and smaller: leave out what Rasa imports for channels and stores not in use.

``import rasa.core.agent`` reads the libraries of every messenger and database that Rasa knows
(Slack, Twilio, MongoDB, DynamoDB, Kafka…) and of its plots and menus: a quarter of the start-up
time and 40 MB. The stock commands are not touched.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable

from bot.rasa.placeholder.mouwakib_inert import InertFinder

UNUSED = frozenset(
    {
        # messengers, whose channels are not in credentials.yml
        "aiogram", "fbmessenger", "mattermostwrapper", "rocketchat_API", "slack_sdk", "socketio",
        "engineio", "twilio", "webexteamssdk",
        # databases and event brokers, which DATABASE_URL cannot name
        "aio_pika", "boto3", "botocore", "bson", "confluent_kafka", "gridfs", "pymongo",
        # menus and plots of Rasa's own command line
        "matplotlib", "prompt_toolkit", "questionary",
    }
)  # fmt: skip


def leave_out_unused(channels: Iterable[str]) -> None:
    """Stand in for `UNUSED`, unless a channel of Rasa's own is configured.

    Args:
        channels: The keys of credentials.yml; ours are class paths with a dot.
    """
    if all("." in channel for channel in channels):
        sys.meta_path.insert(0, InertFinder(UNUSED, _missing, whole=True))


def _missing(name: str) -> Exception:
    return ImportError(
        f"{name} belongs to a part of Rasa that this server leaves out (bot.rasa.lean)"
    )
