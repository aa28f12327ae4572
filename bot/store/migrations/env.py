"""Run by Alembic: takes the steps on the connection that :func:`upgrade` opened."""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
