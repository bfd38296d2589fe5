"""Let the bot's owner make guilds premium, whose files are kept longer."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("guilds", sa.Column("is_premium", sa.Boolean(), nullable=False, server_default=sa.false()))
