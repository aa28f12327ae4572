"""``python -m bot backup FILE`` and ``restore FILE``: everything that is kept, in one SQLite file.

The file has the same form whatever database is in use, so a backup of one can be restored into
the other. It is made while the server runs, of one moment.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.store import Database, migrations

ROWS = 1000
"""Rows that are copied at a time."""

VERSION = "alembic_version"
_ANYBODY = "SELECT 1 FROM {} LIMIT 1"
PEOPLE = ("web_session", "telegram_talk", "events")
"""Tables whose rows say that a database is in use."""


class BackupError(RuntimeError):
    """A backup cannot be made or restored; the message is one sentence for a person."""


def backup(url: str, file: Path) -> None:
    """Write everything at ``url`` into a new file that only its owner can read.

    Raises:
        BackupError: The file is there already, or cannot be written.
        sqlalchemy.exc.SQLAlchemyError: The database is away.
    """
    with closing(Database(url)) as database:
        if database.is_sqlite and not _path(database).is_file():
            raise BackupError(f"There is nothing to back up: {_path(database)} is not there.")
        try:
            os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError:
            raise BackupError(f"{file} is there already: choose another name.") from None
        except OSError as error:
            raise BackupError(f"{file} cannot be written: {error.strerror}.") from None
        try:
            if database.is_sqlite:
                _copy_file(_path(database), file)
            else:
                with _opened(f"sqlite:///{file}") as new:
                    _copy_rows(database, new)
            _in_one_file(file)
        except BaseException:
            file.unlink()
            raise


def restore(url: str, file: Path) -> None:
    """Put what a backup holds into the database at ``url``, which must hold nobody yet.

    Raises:
        BackupError: The file is no backup or is damaged, or the database holds conversations.
        sqlalchemy.exc.SQLAlchemyError: The database is away.
    """
    _check(file)
    with _opened(url) as database:
        with database.engine.connect() as connection:
            if any(connection.execute(_ANYBODY.format(name)).first() for name in PEOPLE):
                raise BackupError(
                    "The database holds conversations: stop the server, move the database away "
                    "(or name an empty one in DATABASE_URL) and restore again."
                )
        if database.is_sqlite:
            database.engine.dispose()
            _copy_file(file, _path(database))
            migrations.upgrade(database)
            return
        with TemporaryDirectory() as folder:  # the backup may be older than this program
            copy = Path(folder) / "backup.db"
            _copy_file(file, copy)
            with _opened(f"sqlite:///{copy}") as old:
                _copy_rows(old, database)


@contextmanager
def _opened(url: str) -> Iterator[Database]:
    database = Database(url)
    try:
        migrations.upgrade(database)
        yield database
    finally:
        database.close()


def _path(database: Database) -> Path:
    return Path(str(database.engine.url.database))


def _copy_file(source: Path, target: Path) -> None:
    """Copy by SQLite's own way, which takes no notice of writers and copies one moment."""
    old = sqlite3.connect(_read_only(source), uri=True)
    new = sqlite3.connect(target)
    with closing(old), closing(new):
        old.backup(new)


def _in_one_file(file: Path) -> None:
    with closing(sqlite3.connect(file)) as opened:
        opened.execute("PRAGMA journal_mode=DELETE")


def _copy_rows(source: Database, target: Database) -> None:
    """Copy every table, as it is at one moment, in one transaction of the target."""
    isolation = "SERIALIZABLE" if source.is_sqlite else "REPEATABLE READ"
    with source.engine.connect() as plain, target.engine.begin() as new:
        old = plain.execution_options(isolation_level=isolation, stream_results=True)
        tables, here = sa.MetaData(), sa.MetaData()
        tables.reflect(old)
        here.reflect(new)
        for table in tables.sorted_tables:
            if table.name == VERSION:
                continue
            rows = old.execute(table.select())
            while part := rows.fetchmany(ROWS):
                new.execute(here.tables[table.name].insert(), [dict(row._mapping) for row in part])
        _go_on_counting(new, here.sorted_tables)


def _go_on_counting(connection: Connection, tables: Iterable[sa.Table]) -> None:
    """Have PostgreSQL give new rows ids after those that were copied."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables:
        key = list(table.primary_key.columns)
        if len(key) != 1 or not isinstance(key[0].type, sa.Integer):
            continue
        name, column = table.name, key[0].name
        sequence = connection.execute(
            sa.text("SELECT pg_get_serial_sequence(:table, :column)"),
            {"table": name, "column": column},
        ).scalar()
        newest = connection.execute(sa.select(sa.func.max(key[0]))).scalar()
        if sequence and newest:
            connection.execute(sa.text("SELECT setval(:s, :n)"), {"s": sequence, "n": newest})


def _check(file: Path) -> None:
    if not file.is_file():
        raise BackupError(f"There is no file {file}.")
    try:
        with closing(sqlite3.connect(_read_only(file), uri=True)) as opened:
            whole = opened.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            tables = {name for (name,) in opened.execute("SELECT name FROM sqlite_master")}
            version = opened.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError:
        raise BackupError(f"{file} is no backup of this program, or it is damaged.") from None
    if not whole or not {"web_session", "events"} <= tables:
        raise BackupError(f"{file} is no backup of this program, or it is damaged.")
    if version and version[0] > migrations.NEWEST:
        raise BackupError(f"{file} was made by a newer version of this program.")


def _read_only(file: Path) -> str:
    return f"file:{quote(str(file.resolve()))}?mode=ro"
