"""Make the tables of downloads and of the files they produced."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "download_items",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("media_key", sa.Text(), nullable=False),
        sa.Column("plugin", sa.Text(), nullable=False),
        sa.Column("destination_kind", sa.String(16), nullable=False),
        sa.Column("destination_target", sa.Text(), nullable=False),
        sa.Column("max_file_size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("priority", sa.SmallInteger(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("content_key", sa.Text(), nullable=False),
        sa.Column("max_attempts", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True)),
        sa.Column("completed_at", sa.DateTime(timezone=True)),
        sa.Column("not_before", sa.DateTime(timezone=True)),
        sa.Column("progress", sa.Double(), nullable=False),
        sa.Column("total_size", sa.BigInteger()),
        sa.Column("current_size", sa.BigInteger()),
        sa.Column("attempt_count", sa.Integer(), nullable=False),
        sa.Column("claim", sa.Integer(), nullable=False),
        sa.Column("error_type", sa.String(32)),
        sa.Column("error_message", sa.Text()),
        sa.Column("title", sa.Text()),
        sa.Column("author", sa.Text()),
        sa.Column("adult", sa.Boolean(), nullable=False),
        sa.Column("cancel_requested", sa.Boolean(), nullable=False),
        sa.Column("pause_requested", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "attempt_count >= 0 AND attempt_count <= claim", name=op.f("ck_download_items_attempts_are_claims")
        ),
        sa.CheckConstraint(
            "(completed_at IS NULL) = (status NOT IN ('completed', 'failed', 'cancelled'))",
            name=op.f("ck_download_items_finished_has_a_time"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_download_items")),
    )
    op.create_index(op.f("ix_download_items_status"), "download_items", ["status"])
    op.create_index(op.f("ix_download_items_completed_at"), "download_items", ["completed_at"])
    op.create_index(op.f("ix_download_items_media_key_content_key"), "download_items", ["media_key", "content_key"])
    op.create_table(
        "downloaded_files",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("download_item_id", sa.Uuid(), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("file_path", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("mime_type", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checksum", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("alt_text", sa.Text()),
        sa.Column("width", sa.Integer()),
        sa.Column("height", sa.Integer()),
        sa.Column("duration_s", sa.Double()),
        sa.ForeignKeyConstraint(
            ["download_item_id"],
            ["download_items.id"],
            name=op.f("fk_downloaded_files_download_item_id_download_items"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_downloaded_files")),
    )
    op.create_index(op.f("ix_downloaded_files_download_item_id"), "downloaded_files", ["download_item_id"])
    op.create_index(op.f("ix_downloaded_files_expires_at"), "downloaded_files", ["expires_at"])
