"""Migrations: every change of a table is a step in ``versions/``, taken once by every database.

A new step is a file ``NNNN_what.py`` with the next number as its ``revision``; it never changes
afterwards, and ``bot/store/tables.py`` says what the last step leaves behind.
"""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.store.database import Database

HERE = Path(__file__).parent
NEWEST = max(path.name.split("_")[0] for path in (HERE / "versions").glob("[0-9]*.py"))

_LOCK = 5005
"""The PostgreSQL lock under which one server process migrates while the others wait."""


class NewerDatabaseError(RuntimeError):
    """The database was used by a newer version of this program."""


def upgrade(database: Database) -> None:
    """Take the steps that the database has not taken yet, all or none.

    Raises:
        NewerDatabaseError: It has taken steps that are unknown here.
        sqlalchemy.exc.SQLAlchemyError: The database is away or cannot be changed.
    """
    with database.engine.connect() as connection:
        if _version(connection) == NEWEST:
            return
    with database.engine.begin() as connection:
        if not database.is_sqlite:
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        version = _version(connection)
        if version is not None and version > NEWEST:
            raise NewerDatabaseError(
                f"The database is at step {version}, this program knows steps up to {NEWEST}: "
                "start the version that used it last, or a newer one."
            )
        if version != NEWEST:
            _run(connection)


def _version(connection: Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.execute(
        sa.text("SELECT version_num FROM alembic_version")
    ).scalar()
    return version


def _run(connection: Connection) -> None:
    # Imported only where there is something to do: a start is to be quick.
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    command.upgrade(config, "head")
