from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

import bot.store.keepsakes
import bot.store.telegram_talks  # noqa: F401
from bot.store import Database, migrations
from bot.store.tables import BELONGING, events, metadata, sessions


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'talks.db'}"


def test_the_steps_lead_to_the_tables_that_the_code_uses(url: str) -> None:
    database = Database(url)
    migrations.upgrade(database)
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_a_database_from_before_there_were_migrations_keeps_what_it_has(url: str) -> None:
    database = Database(url)
    first = [sessions, *BELONGING, events]
    metadata.create_all(database.engine, tables=first)
    with database.engine.begin() as connection:
        connection.exec_driver_sql("DROP INDEX ix_events_sender_id_id")
        connection.exec_driver_sql(
            "INSERT INTO events (sender_id, type_name, data) VALUES ('p', 'slot', '{}')"
        )
    migrations.upgrade(database)
    migrations.upgrade(database)
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM events").scalar() == 1
    indexes = {index["name"] for index in sa.inspect(database.engine).get_indexes("events")}
    assert "ix_events_sender_id_id" in indexes


def test_several_processes_may_start_at_once_on_a_new_database(url: str) -> None:
    databases = [Database(url) for _ in range(4)]
    with ThreadPoolExecutor() as pool:
        list(pool.map(migrations.upgrade, databases))
    with databases[0].engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars()
        assert found.all() == [migrations.NEWEST]


def test_a_database_of_a_newer_program_is_left_alone(url: str) -> None:
    database = Database(url)
    migrations.upgrade(database)
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(migrations.NewerDatabaseError, match="9999"):
        migrations.upgrade(database)
