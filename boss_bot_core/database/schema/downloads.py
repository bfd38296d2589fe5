"""The current tables of downloads, files and messages; `migrations` holds their history, and a test compares both."""

import sqlalchemy as sa

from boss_bot_core.database.schema.columns import (
    Json,
    OptionsJson,
    PriorityNumber,
    SanitizedText,
    UtcDateTime,
    build_enum_type,
)
from boss_bot_core.domain.errors import ErrorType
from boss_bot_core.domain.link import FitChoice
from boss_bot_core.domain.status import DownloadStatus

METADATA = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

DOWNLOAD_ITEMS = sa.Table(
    "download_items",
    METADATA,
    sa.Column("id", sa.Uuid(), primary_key=True),
    sa.Column("url", SanitizedText(), nullable=False),
    sa.Column("media_key", SanitizedText(), nullable=False),
    sa.Column("plugin", SanitizedText(), nullable=False),
    sa.Column("destination_kind", sa.String(16), nullable=False),
    sa.Column("destination_target", SanitizedText(), nullable=False),
    sa.Column("max_file_size_bytes", sa.BigInteger(), nullable=False),
    sa.Column("user_id", sa.BigInteger(), nullable=False),
    sa.Column("guild_id", sa.BigInteger(), nullable=False),
    sa.Column("channel_id", sa.BigInteger(), nullable=False),
    sa.Column("priority", PriorityNumber(), nullable=False),
    sa.Column("options", OptionsJson(), nullable=False),
    # Derived from the options when the item is admitted, so that SQL can find the same media again.
    sa.Column("content_key", SanitizedText(), nullable=False),
    sa.Column("max_attempts", sa.Integer(), nullable=False),
    sa.Column("machine", sa.String(32)),
    sa.Column("status", build_enum_type(DownloadStatus), nullable=False),
    sa.Column("created_at", UtcDateTime(), nullable=False),
    sa.Column("started_at", UtcDateTime()),
    sa.Column("completed_at", UtcDateTime()),
    sa.Column("not_before", UtcDateTime()),
    sa.Column("progress", sa.Double(), nullable=False),
    sa.Column("total_size", sa.BigInteger()),
    sa.Column("current_size", sa.BigInteger()),
    sa.Column("attempt_count", sa.Integer(), nullable=False),
    sa.Column("claim", sa.Integer(), nullable=False),
    sa.Column("crash_count", sa.Integer(), nullable=False, server_default="0"),
    sa.Column("crash_size", sa.BigInteger(), nullable=False, server_default="0"),
    sa.Column("error_type", build_enum_type(ErrorType)),
    sa.Column("error_message", SanitizedText()),
    sa.Column("choices", Json(tuple[FitChoice, ...]), nullable=False, server_default="[]"),
    sa.Column("title", SanitizedText()),
    sa.Column("author", SanitizedText()),
    sa.Column("adult", sa.Boolean(), nullable=False),
    sa.Column("cancel_requested", sa.Boolean(), nullable=False),
    sa.Column("pause_requested", sa.Boolean(), nullable=False),
    sa.CheckConstraint("attempt_count >= 0 AND attempt_count <= claim", name="attempts_are_claims"),
    sa.CheckConstraint(
        "(completed_at IS NULL) = (status NOT IN ('completed', 'failed', 'cancelled'))", name="finished_has_a_time"
    ),
    sa.Index(None, "status"),
    sa.Index(None, "media_key", "content_key"),
    sa.Index(None, "completed_at"),
    sa.Index(None, "user_id", "created_at"),
)

DOWNLOADED_FILES = sa.Table(
    "downloaded_files",
    METADATA,
    sa.Column("id", sa.Uuid(), primary_key=True),
    sa.Column("download_item_id", sa.ForeignKey(DOWNLOAD_ITEMS.c.id, ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("filename", SanitizedText(), nullable=False),
    sa.Column("file_path", SanitizedText(), nullable=False),
    sa.Column("size_bytes", sa.BigInteger(), nullable=False),
    sa.Column("mime_type", SanitizedText(), nullable=False),
    sa.Column("created_at", UtcDateTime(), nullable=False),
    sa.Column("expires_at", UtcDateTime(), nullable=False, index=True),
    sa.Column("checksum", SanitizedText(), nullable=False),
    sa.Column("position", sa.Integer(), nullable=False),
    sa.Column("alt_text", SanitizedText()),
    sa.Column("width", sa.Integer()),
    sa.Column("height", sa.Integer()),
    sa.Column("duration_s", sa.Double()),
    sa.Column("thumbnail_path", SanitizedText()),
)

CARDS = sa.Table(
    "cards",
    METADATA,
    sa.Column("item_id", sa.ForeignKey(DOWNLOAD_ITEMS.c.id, ondelete="CASCADE"), primary_key=True),
    sa.Column("channel_id", sa.BigInteger(), nullable=False),
    sa.Column("message_id", sa.BigInteger(), nullable=False),
    sa.Column("request_message_id", sa.BigInteger()),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("created_at", UtcDateTime(), nullable=False),
    sa.Column("language", sa.String(16), nullable=False, server_default="en"),
    sa.Index(None, "channel_id", "message_id", unique=True),
)

DELIVERIES = sa.Table(
    "deliveries",
    METADATA,
    sa.Column("item_id", sa.ForeignKey(DOWNLOAD_ITEMS.c.id, ondelete="CASCADE"), primary_key=True),
    sa.Column("batch", sa.Integer(), primary_key=True, autoincrement=False),
    sa.Column("batches", sa.Integer(), nullable=False),
    sa.Column("nonce", sa.String(64), nullable=False),
    sa.Column("channel_id", sa.BigInteger(), nullable=False),
    sa.Column("message_id", sa.BigInteger()),
    sa.Column("created_at", UtcDateTime(), nullable=False),
    sa.Column("delivered_at", UtcDateTime()),
)
