"""The migrations, run with Alembic from the files inside this package and without an `alembic.ini`."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from loguru import logger

from boss_bot_core.database.errors import DatabaseNewerError

MIGRATIONS_FOLDER = Path(__file__).parent / "migrations"
"""Alembic's script folder."""


def upgrade(connection: sa.Connection, current: str | None, target: str) -> None:
    """Migrate the tables.

    Args:
        connection: A connection inside a transaction.
        current: The revision of the tables; None means that there are no tables yet.
        target: The revision to reach.

    Raises:
        DatabaseNewerError: `current` is a revision that this version does not know.
    """
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if current is not None and current not in known:
        raise DatabaseNewerError(
            f"The database was changed by a newer version of boss-bot (revision {current}); update boss-bot to use it."
        )
    command.upgrade(config, target)
    if current is not None:
        logger.bind(action="database").info("The database was brought from revision {} to {}.", current, target)
