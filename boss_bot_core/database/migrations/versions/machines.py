"""Record the machine that a download was requested on."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("download_items", sa.Column("machine", sa.String(32)))
