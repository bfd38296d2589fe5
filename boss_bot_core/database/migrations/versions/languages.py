"""Let guilds choose the language of the bot, and remember the language of each card."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("guilds", sa.Column("language", sa.String(16)))
    op.add_column("cards", sa.Column("language", sa.String(16), nullable=False, server_default="en"))
