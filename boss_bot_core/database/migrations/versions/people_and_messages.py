"""Make the tables of people, servers, cards and deliveries."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_index(op.f("ix_download_items_user_id_created_at"), "download_items", ["user_id", "created_at"])
    make_people()
    make_messages()


def make_people() -> None:
    op.create_table(
        "users",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("permission_level", sa.String(32), nullable=False),
        sa.Column("max_concurrent_downloads", sa.Integer()),
        sa.Column("max_file_size_mb", sa.Integer()),
        sa.Column("total_downloads", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_download", sa.DateTime(timezone=True)),
        sa.CheckConstraint("max_concurrent_downloads >= 1", name=op.f("ck_users_somebody_may_run")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_users")),
    )
    op.create_table(
        "user_preferences",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_user_preferences")),
    )
    op.create_table(
        "guilds",
        sa.Column("guild_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("allowed_roles", sa.JSON(), nullable=False),
        sa.Column("blocked_roles", sa.JSON(), nullable=False),
        sa.Column("allowed_channels", sa.JSON(), nullable=False),
        sa.Column("blocked_channels", sa.JSON(), nullable=False),
        sa.Column("role_rules", sa.JSON(), nullable=False),
        sa.Column("max_running", sa.Integer()),
        sa.Column("daily_downloads_per_user", sa.Integer()),
        sa.Column("default_preferences", sa.JSON(), nullable=False),
        sa.Column("learnt_upload_limit_bytes", sa.BigInteger()),
        sa.Column("learnt_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint("max_running >= 1", name=op.f("ck_guilds_something_may_run")),
        sa.PrimaryKeyConstraint("guild_id", name=op.f("pk_guilds")),
    )


def make_messages() -> None:
    op.create_table(
        "cards",
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("request_message_id", sa.BigInteger()),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["download_items.id"], name=op.f("fk_cards_item_id_download_items"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_cards")),
    )
    op.create_index(op.f("ix_cards_channel_id_message_id"), "cards", ["channel_id", "message_id"], unique=True)
    op.create_table(
        "deliveries",
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("batch", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("batches", sa.Integer(), nullable=False),
        sa.Column("nonce", sa.String(64), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("delivered_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["item_id"], ["download_items.id"], name=op.f("fk_deliveries_item_id_download_items"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("item_id", "batch", name=op.f("pk_deliveries")),
    )
