"""Start faster and smaller: leave out what Rasa imports for channels and stores not in use.

``import rasa.core.agent`` reads the libraries of every messenger and database that Rasa knows
(Slack, Twilio, MongoDB, DynamoDB, Kafka…), of its plots and menus, and of classifiers that this
assistant does not have: half of the start-up time and 100 MB. The stock commands are not touched.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable

from bot.rasa.placeholder.mouwakib_inert import InertFinder

UNUSED = frozenset(
    {
        # messengers, whose channels are not in credentials.yml
        "aiogram", "fbmessenger", "mattermostwrapper", "rocketchat_API", "slack_sdk", "socketio",
        "engineio", "twilio", "webexteamssdk",
        # databases, clouds and event brokers, which DATABASE_URL cannot name
        "aio_pika", "aiormq", "boto3", "botocore", "bson", "confluent_kafka", "google", "gridfs",
        "pamqp", "pymongo", "redis",
        # classifiers and their mathematics: ours is plain numbers at run time
        "joblib", "scipy", "sklearn", "sklearn_crfsuite", "pycrfsuite",
        # Rasa's HTTP API and telemetry, which are off
        "charset_normalizer", "cryptography", "jwt", "requests", "sanic_jwt", "urllib3",
        # the clock for Rasa's own reminders: ours are kept in the database
        "apscheduler",
        # menus and plots of Rasa's own command line
        "matplotlib", "prompt_toolkit", "pygments", "questionary", "rich",
    }
)  # fmt: skip


def leave_out_unused(channels: Iterable[str], used: Collection[str] = ()) -> None:
    """Stand in for `UNUSED`, unless a channel of Rasa's own is configured.

    Args:
        channels: The keys of credentials.yml; ours are class paths with a dot.
        used: What is used all the same, by the settings.
    """
    if all("." in channel for channel in channels):
        sys.meta_path.insert(0, InertFinder(UNUSED - set(used), _missing, whole=True))


def _missing(name: str) -> Exception:
    return ImportError(
        f"{name} belongs to a part of Rasa that this server leaves out (bot.rasa.lean)"
    )
