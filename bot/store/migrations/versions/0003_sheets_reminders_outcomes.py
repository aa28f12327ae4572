"""Sheets that may be opened for a while, reminders, and what became of applications."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the three tables."""
    op.create_table(
        "sheet",
        sa.Column("key_hash", sa.String(64), primary_key=True),
        sa.Column("person", sa.String(64), nullable=False, index=True),
        sa.Column("once", sa.Boolean(), nullable=False),
        sa.Column("expires", sa.Float(), nullable=False, index=True),
        sa.Column("content", sa.Text(), nullable=False),
    )
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("person", sa.String(64), nullable=False, index=True),
        sa.Column("key", sa.String(128), nullable=False),
        sa.Column("due", sa.Float(), nullable=False, index=True),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("claim", sa.String(32), nullable=True),
        sa.Column("claimed", sa.Float(), nullable=False),
        sa.UniqueConstraint("person", "key"),
    )
    op.create_table(
        "outcome",
        sa.Column("scheme", sa.String(64), primary_key=True),
        sa.Column("province", sa.String(64), primary_key=True),
        sa.Column("result", sa.String(16), primary_key=True),
        sa.Column("times", sa.Integer(), nullable=False),
    )
