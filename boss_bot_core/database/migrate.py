"""The check at each start whether the database needs migrations.

It is separate from `upgrade` because most starts find current tables and must not pay for importing Alembic.
"""

from typing import Final

import sqlalchemy as sa

HEAD: Final = "0009"
"""The newest revision under `migrations/versions`."""


def migrate(connection: sa.Connection) -> None:
    """Run the missing migrations, inside the transaction of `connection`.

    Raises:
        DatabaseNewerError: The database has a revision that this version does not know.
    """
    current = _read_revision(connection)
    if current != HEAD:
        from boss_bot_core.database.upgrade import upgrade  # noqa: PLC0415 - Alembic is slow to import

        upgrade(connection, current, HEAD)


def _read_revision(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    return connection.scalar(sa.select(sa.column("version_num", sa.String)).select_from(sa.table("alembic_version")))
