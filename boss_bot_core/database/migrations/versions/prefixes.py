"""Give guilds a prefix of their own for typed commands."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("guilds", sa.Column("command_prefix", sa.String(8)))
