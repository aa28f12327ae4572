"""Loading a model for this process: our actions in it, our store under it, no work twice."""

from __future__ import annotations

from pathlib import Path

from rasa.core.agent import Agent, load_agent
from rasa.core.utils import AvailableEndpoints
from rasa.utils.endpoints import EndpointConfig
from sqlalchemy.exc import SQLAlchemyError

from bot.address import CannotServe
from bot.rasa.in_process import InProcessActions
from bot.rasa.quick import prepare, spare_repeated_work
from bot.rasa.tracker_store import conversations_of
from bot.store import Database, migrations


async def load(model: Path, database: Database, actions: EndpointConfig | None = None) -> Agent:
    """Load a model with the actions in this process.

    Args:
        model: The model's file.
        database: Where conversations are kept.
        actions: Other actions than our own.
    """
    spare_repeated_work()
    store = EndpointConfig(type="bot.rasa.tracker_store.ConversationStore", database=database)
    endpoints = AvailableEndpoints(action=actions or InProcessActions(), tracker_store=store)
    agent = await load_agent(str(model), endpoints=endpoints)
    if agent.is_ready():
        conversations_of(agent)
        prepare(agent)
    return agent


def open_database(url: str) -> Database:
    """Open the database at ``url`` and bring its tables up to date.

    Raises:
        CannotServe: It cannot be used.
    """
    try:
        database = Database(url)
        migrations.upgrade(database)
    except (SQLAlchemyError, OSError) as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        raise CannotServe(f"The database (DATABASE_URL) cannot be used: {reason}.") from error
    except migrations.NewerDatabaseError as error:
        raise CannotServe(str(error)) from None
    return database
