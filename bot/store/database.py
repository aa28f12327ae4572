"""One database for what the channels keep: SQLite by default, PostgreSQL with the same code."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.pool import QueuePool

T = TypeVar("T")

BUSY_SECONDS = 10
"""How long a statement waits for another writer of the same SQLite file."""

POSTGRES_CONNECTIONS = 4
"""Connections, and threads, of one server process to PostgreSQL."""


class Database:
    """An engine and the few threads that use it, so that the event loop never waits for a disk.

    Args:
        url: An SQLAlchemy address (``sqlite:///var/web.db``, ``postgresql://…``). The folder of
            an SQLite file is made when it is missing.

    Raises:
        OSError: The folder of the SQLite file cannot be made.
        sqlalchemy.exc.SQLAlchemyError: The address cannot be understood.
    """

    def __init__(self, url: str) -> None:
        address = sa.engine.make_url(url)
        if address.drivername == "postgres":
            address = address.set(drivername="postgresql")
        self.is_sqlite = address.get_backend_name() == "sqlite"
        # Errors must not carry what people wrote into the logs: hence hide_parameters.
        options: dict[str, Any] = {"hide_parameters": True, "poolclass": QueuePool}
        if self.is_sqlite:
            if address.database and address.database != ":memory:":
                Path(address.database).parent.mkdir(parents=True, exist_ok=True)
            options["connect_args"] = {"check_same_thread": False, "timeout": BUSY_SECONDS}
            threads = 1
        else:
            options["pool_pre_ping"] = True
            threads = POSTGRES_CONNECTIONS
        self.engine: Engine = sa.create_engine(
            address, pool_size=threads, max_overflow=0 if self.is_sqlite else 2, **options
        )
        if self.is_sqlite:
            sa.event.listen(self.engine, "connect", _prepare_sqlite)
        self._threads = ThreadPoolExecutor(max_workers=threads, thread_name_prefix="store")

    async def run(self, work: Callable[..., T], *args: Any, **named: Any) -> T:
        """Do blocking ``work`` in a thread of the store and return its result."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, partial(work, *args, **named))

    def scrub(self) -> None:
        """Leave no erased text in SQLite's write-ahead file; elsewhere do nothing."""
        if self.is_sqlite:
            with self.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Finish what runs and let go of the database."""
        self._threads.shutdown(wait=True)
        self.engine.dispose()


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Set a new SQLite connection up: readers beside one writer, erased means overwritten."""
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
