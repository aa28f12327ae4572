"""The web channel's tables, and Rasa's events with an index for a person's newest one.

Databases from before there were migrations have the tables already.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make what is missing."""
    op.create_table(
        "web_session",
        sa.Column("id", _ID, primary_key=True, autoincrement=True),
        sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("created", sa.Float(), nullable=False),
        sa.Column("last_seen", sa.Float(), nullable=False),
        if_not_exists=True,
    )
    op.create_index("ix_web_session_last_seen", "web_session", ["last_seen"], if_not_exists=True)
    op.create_table(
        "web_message",
        _session(),
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("sender", sa.String(6), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("json", sa.Text(), nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "web_turn",
        _session(),
        sa.Column("client_id", sa.String(64), primary_key=True),
        sa.Column("said_hash", sa.String(64), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "web_offer",
        _session(),
        sa.Column("payload_hash", sa.String(64), primary_key=True),
        sa.Column("title", sa.Text(), nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("sender_id", sa.String(255), nullable=False),
        sa.Column("type_name", sa.String(255), nullable=False),
        sa.Column("timestamp", sa.Float()),
        sa.Column("intent_name", sa.String(255)),
        sa.Column("action_name", sa.String(255)),
        sa.Column("data", sa.Text()),
        if_not_exists=True,
    )
    op.create_index("ix_events_sender_id", "events", ["sender_id"], if_not_exists=True)
    op.create_index("ix_events_sender_id_id", "events", ["sender_id", "id"], if_not_exists=True)


def _session() -> sa.Column[int]:
    session = sa.ForeignKey("web_session.id", ondelete="CASCADE")
    return sa.Column("session", _ID, session, primary_key=True)
