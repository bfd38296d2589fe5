"""Keep the answers to an open question about a download, and the thumbnails of its files."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("download_items", sa.Column("choices", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("downloaded_files", sa.Column("thumbnail_path", sa.Text()))
