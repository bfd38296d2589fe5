"""Count the attempts that ended with the whole program."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("download_items", sa.Column("crash_count", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("download_items", sa.Column("crash_size", sa.BigInteger(), nullable=False, server_default="0"))
