"""One database for what the assistant keeps: SQLite by default, PostgreSQL with the same code."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import QueuePool

T = TypeVar("T")

BUSY_SECONDS = 10
"""How long a statement waits for another process that writes to the same SQLite file."""

POSTGRES_TURNS = 6
"""Transactions that one server process has open in PostgreSQL at most: turns in the making."""

POSTGRES_THREADS = 3
"""Further connections of one server process, for what is read or written at once."""

POSTGRES_LIMITS = (
    "-c lock_timeout=15s -c statement_timeout=30s -c idle_in_transaction_session_timeout=60s"
)
"""A server process that hangs must not hold up the others for ever."""


class Transaction:
    """A transaction that lasts while something is thought about; nothing is kept until `finish`.

    It is used from the event loop, its statements run in a thread.
    """

    def __init__(self, engine: Engine, threads: ThreadPoolExecutor, lock: str) -> None:
        self._engine = engine
        self._threads = threads
        self._lock = lock
        self._connection: Connection | None = None
        self._later: list[Callable[[Connection], Any]] = []
        self._afterwards: list[Callable[[], Any]] = []

    async def run(self, work: Callable[..., T], *args: Any) -> T:
        """Return ``work(connection, *args)``."""
        return await self._in_thread(self._work, work, args)

    def later(self, work: Callable[..., Any], *args: Any) -> None:
        """Do ``work(connection, *args)`` when the transaction is finished, before its last work."""
        self._later.append(lambda connection: work(connection, *args))

    def afterwards(self, call: Callable[[], Any]) -> None:
        """Call ``call`` in the event loop once everything is written, and not otherwise."""
        self._afterwards.append(call)

    async def finish(self, work: Callable[..., Any] | None = None, *args: Any) -> None:
        """Do ``work(connection, *args)`` at last, and keep everything."""
        await self._in_thread(self._finish, work, args)
        for call in self._afterwards:
            call()

    async def leave(self) -> None:
        """Undo what was not finished."""
        if self._connection is not None:
            await self._in_thread(self._leave)

    async def _in_thread(self, work: Callable[..., T], *args: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work, *args)

    def _work(self, work: Callable[..., T], args: tuple[Any, ...]) -> T:
        if self._connection is None:
            self._connection = self._engine.connect()
            self._connection.begin()
            if self._engine.dialect.name == "postgresql":
                self._connection.execute(_TAKE_LOCK, {"key": _key(self._lock)})
        return work(self._connection, *args)

    def _finish(self, work: Callable[..., Any] | None, args: tuple[Any, ...]) -> None:
        for one in self._later:
            self._work(one, ())
        if work is not None:
            self._work(work, args)
        if self._connection is not None:
            self._connection.get_transaction().commit()
            self._leave()

    def _leave(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()  # rolls back what was not committed


class Database:
    """An engine and the few threads that use it, so that the event loop never waits for a disk.

    SQLite has one connection and people wait for it in the order they came; PostgreSQL has a few.

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
            turns, others = 1, 0
        else:
            options["pool_pre_ping"] = True
            options["connect_args"] = {"connect_timeout": 5, "options": POSTGRES_LIMITS}
            turns, others = POSTGRES_TURNS, POSTGRES_THREADS
        self.engine: Engine = sa.create_engine(
            address, pool_size=turns + others, max_overflow=0, **options
        )
        if self.is_sqlite:
            sa.event.listen(self.engine, "connect", _prepare_sqlite)
            sa.event.listen(self.engine, "begin", _begin_sqlite)
        # Whoever is inside a transaction always finds a thread, so nobody waits for ever.
        self._turns = ThreadPoolExecutor(max_workers=turns, thread_name_prefix="turn")
        self._threads = (
            ThreadPoolExecutor(max_workers=others, thread_name_prefix="store")
            if others
            else self._turns
        )
        self._room = asyncio.Semaphore(turns)

    async def run(self, work: Callable[..., T], *args: Any, **named: Any) -> T:
        """Do blocking ``work`` in a thread of the store and return its result."""
        loop = asyncio.get_running_loop()
        call = partial(work, *args, **named)
        if not self.is_sqlite:
            return await loop.run_in_executor(self._threads, call)
        async with self._room:
            return await loop.run_in_executor(self._threads, call)

    async def read(self, work: Callable[..., T], *args: Any) -> T:
        """Return ``work(connection, *args)``, which only reads."""
        return await self.run(self._read, work, args)

    async def write(self, work: Callable[..., T], *args: Any) -> T:
        """Return ``work(connection, *args)``, a transaction of its own."""
        return await self.run(self._write, work, args)

    def _read(self, work: Callable[..., T], args: tuple[Any, ...]) -> T:
        with self.engine.connect() as connection:
            return work(connection, *args)

    def _write(self, work: Callable[..., T], args: tuple[Any, ...]) -> T:
        with self.engine.begin() as connection:
            return work(connection, *args)

    @asynccontextmanager
    async def transaction(self, lock: str) -> AsyncIterator[Transaction]:
        """Open a transaction that no other with the same ``lock`` overlaps, in any process.

        What is done inside must use the transaction, not `run`. Without `Transaction.finish`,
        nothing is kept.
        """
        async with self._room:
            transaction = Transaction(self.engine, self._turns, lock)
            try:
                yield transaction
            finally:
                await transaction.leave()

    def scrub(self) -> None:
        """Leave no erased text in SQLite's write-ahead file; elsewhere do nothing."""
        if self.is_sqlite:
            with self.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Finish what runs and let go of the database."""
        self._turns.shutdown(wait=True)
        self._threads.shutdown(wait=True)
        self.engine.dispose()


_TAKE_LOCK = sa.text("SELECT pg_advisory_xact_lock(:key)")


def _key(lock: str) -> int:
    """Return the number PostgreSQL knows a lock by."""
    return int.from_bytes(sha256(lock.encode("utf-8")).digest()[:8], "big", signed=True)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Set a new SQLite connection up: readers beside one writer, erased means overwritten."""
    connection.isolation_level = None  # transactions begin where we say, see _begin_sqlite
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """Begin as a writer at once: what is read then still holds when it is written."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")
