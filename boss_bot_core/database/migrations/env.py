"""Alembic's entry: runs the migrations on the connection that `boss_bot_core.database.migrate` hands over."""

from alembic import context

from boss_bot_core.database.schema.downloads import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    # SQLite's DDL is transactional once Python's own transaction handling is off, which Alembic cannot know.
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
