"""Alembic's entry point: runs the migrations on the connection that `boss_bot_core.database.upgrade` passes."""

from alembic import context

from boss_bot_core.database.schema.downloads import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    # SQLite's DDL is transactional when the transaction handling of Python's driver is off; Alembic assumes it is not.
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
