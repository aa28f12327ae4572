"""Telegram's tables, and which server process is answering an update.

Databases from before this step may have the tables already, without the claims.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make what is missing."""
    op.create_table(
        "telegram_talk",
        sa.Column("id", _ID, primary_key=True, autoincrement=True),
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("user", sa.BigInteger(), nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("language", sa.String(8), nullable=True),
        sa.Column("question", sa.BigInteger(), nullable=True),
        sa.Column("pressed", sa.String(64), nullable=True),
        sa.Column("unsure", sa.Text(), nullable=True),
        sa.Column("last_seen", sa.Float(), nullable=False),
        sa.UniqueConstraint("chat", "user"),
        if_not_exists=True,
    )
    op.create_index(
        "ix_telegram_talk_last_seen", "telegram_talk", ["last_seen"], if_not_exists=True
    )
    op.create_table(
        "telegram_offer",
        sa.Column(
            "talk", _ID, sa.ForeignKey("telegram_talk.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "telegram_update",
        sa.Column("seq", _ID, primary_key=True, autoincrement=True),
        sa.Column("update_id", sa.BigInteger(), nullable=False, unique=True),
        sa.Column("received", sa.Float(), nullable=False),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=True),
        sa.Column("sent", sa.Integer(), nullable=False),
        if_not_exists=True,
    )
    op.create_index(
        "ix_telegram_update_received", "telegram_update", ["received"], if_not_exists=True
    )
    op.add_column("telegram_update", sa.Column("claim", sa.String(32), nullable=True))
    op.add_column(
        "telegram_update", sa.Column("claimed", sa.Float(), nullable=False, server_default="0")
    )
