"""The tables of the bot's messages: cards that are edited, and messages that carry files."""

import sqlalchemy as sa

from boss_bot_core.database.columns import UtcDateTime
from boss_bot_core.database.tables import DOWNLOAD_ITEMS, METADATA

CARDS = sa.Table(
    "cards",
    METADATA,
    sa.Column("item_id", sa.ForeignKey(DOWNLOAD_ITEMS.c.id, ondelete="CASCADE"), primary_key=True),
    sa.Column("channel_id", sa.BigInteger(), nullable=False),
    sa.Column("message_id", sa.BigInteger(), nullable=False),
    sa.Column("request_message_id", sa.BigInteger()),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("created_at", UtcDateTime(), nullable=False),
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
