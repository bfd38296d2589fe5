"""The tables of users and guilds; their ids are Discord's, so the database generates none."""

import sqlalchemy as sa

from boss_bot_core.database.schema.columns import Json, UtcDateTime, build_enum_type
from boss_bot_core.database.schema.downloads import METADATA
from boss_bot_core.domain.guilds import RoleRule
from boss_bot_core.domain.preferences import PreferenceChoices
from boss_bot_core.domain.users import PermissionLevel

USERS = sa.Table(
    "users",
    METADATA,
    sa.Column("user_id", sa.BigInteger(), primary_key=True, autoincrement=False),
    sa.Column("permission_level", build_enum_type(PermissionLevel), nullable=False),
    sa.Column("max_concurrent_downloads", sa.Integer()),
    sa.Column("max_file_size_mb", sa.Integer()),
    sa.Column("total_downloads", sa.Integer(), nullable=False),
    sa.Column("created_at", UtcDateTime(), nullable=False),
    sa.Column("last_download", UtcDateTime()),
    sa.CheckConstraint("max_concurrent_downloads >= 1", name="somebody_may_run"),
)

USER_PREFERENCES = sa.Table(
    "user_preferences",
    METADATA,
    sa.Column("user_id", sa.BigInteger(), primary_key=True, autoincrement=False),
    sa.Column("choices", Json(PreferenceChoices), nullable=False),
)

GUILDS = sa.Table(
    "guilds",
    METADATA,
    sa.Column("guild_id", sa.BigInteger(), primary_key=True, autoincrement=False),
    sa.Column("allowed_roles", Json(frozenset[int]), nullable=False),
    sa.Column("blocked_roles", Json(frozenset[int]), nullable=False),
    sa.Column("allowed_channels", Json(frozenset[int]), nullable=False),
    sa.Column("blocked_channels", Json(frozenset[int]), nullable=False),
    sa.Column("role_rules", Json(tuple[RoleRule, ...]), nullable=False),
    sa.Column("max_running", sa.Integer()),
    sa.Column("daily_downloads_per_user", sa.Integer()),
    sa.Column("command_prefix", sa.String(8)),
    sa.Column("default_preferences", Json(PreferenceChoices), nullable=False),
    sa.Column("is_premium", sa.Boolean(), nullable=False, server_default=sa.false()),
    sa.Column("learnt_upload_limit_bytes", sa.BigInteger()),
    sa.Column("learnt_at", UtcDateTime()),
    sa.CheckConstraint("max_running >= 1", name="something_may_run"),
)

# A row has the guild's last day only: earlier days count for nothing.
GUILD_TRAFFIC = sa.Table(
    "guild_traffic",
    METADATA,
    sa.Column("guild_id", sa.BigInteger(), primary_key=True, autoincrement=False),
    sa.Column("day", sa.Date(), nullable=False),
    sa.Column("fetched_bytes", sa.BigInteger(), nullable=False),
)

# The bot's membership of a guild: whether its first steps were explained, and since when it is no member any more.
GUILD_MEMBERSHIPS = sa.Table(
    "guild_memberships",
    METADATA,
    sa.Column("guild_id", sa.BigInteger(), primary_key=True, autoincrement=False),
    sa.Column("welcomed_at", UtcDateTime()),
    sa.Column("left_at", UtcDateTime()),
)
