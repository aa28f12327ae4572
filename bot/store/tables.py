"""The tables, as the newest migration leaves them; bot/store/migrations makes them."""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData()

_Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

sessions = sa.Table(
    "web_session",
    metadata,
    sa.Column("id", _Id, primary_key=True, autoincrement=True),
    sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
    sa.Column("person", sa.String(64), nullable=False),
    sa.Column("created", sa.Float(), nullable=False),
    sa.Column("last_seen", sa.Float(), nullable=False, index=True),
)
"""One conversation; the token itself is never stored. Times are seconds since 1970."""


def _session_column() -> sa.Column[int]:
    return sa.Column(
        "session", _Id, sa.ForeignKey(sessions.c.id, ondelete="CASCADE"), primary_key=True
    )


messages = sa.Table(
    "web_message",
    metadata,
    _session_column(),
    sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=False),
    sa.Column("id", sa.String(64), nullable=False),
    sa.Column("sender", sa.String(6), nullable=False),
    sa.Column("at", sa.String(32), nullable=False),
    sa.Column("json", sa.Text(), nullable=False),
)
"""What was said, in order; ``json`` is the message as the HTTP contract has it."""

turns = sa.Table(
    "web_turn",
    metadata,
    _session_column(),
    sa.Column("client_id", sa.String(64), primary_key=True),
    sa.Column("said_hash", sa.String(64), nullable=False),
    sa.Column("answer", sa.Text(), nullable=False),
)
"""The answer to each message id of a client (ids are kept hashed)."""

offers = sa.Table(
    "web_offer",
    metadata,
    _session_column(),
    sa.Column("payload_hash", sa.String(64), primary_key=True),
    sa.Column("title", sa.Text(), nullable=False),
)
"""The buttons that a session was shown: only their payloads are accepted from it."""

BELONGING = (messages, turns, offers)
"""All that hangs on a session."""

events = sa.Table(
    "events",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("sender_id", sa.String(255), nullable=False),
    sa.Column("type_name", sa.String(255), nullable=False),
    sa.Column("timestamp", sa.Float()),
    sa.Column("intent_name", sa.String(255)),
    sa.Column("action_name", sa.String(255)),
    sa.Column("data", sa.Text()),
    sa.Index("ix_events_sender_id", "sender_id"),
    sa.Index("ix_events_sender_id_id", "sender_id", "id"),
)
"""What the dialogue engine remembers: the form of Rasa's own store, so its commands read it."""

tallies = sa.Table(
    "tally",
    metadata,
    sa.Column("day", sa.String(10), primary_key=True),
    sa.Column("kind", sa.String(16), primary_key=True),
    sa.Column("key", sa.String(160), primary_key=True),
    sa.Column("province", sa.String(64), primary_key=True),
    sa.Column("count", sa.Integer(), nullable=False),
)
"""What was counted each day (see :mod:`bot.noticed`); nothing in it belongs to a person."""
