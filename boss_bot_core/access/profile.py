"""The access profile: everything that the policy needs to know about one user in one guild, and its loader."""

from datetime import datetime, timedelta

import attrs

from boss_bot_core.database import Database, ReadUnit
from boss_bot_core.domain.clock import to_utc
from boss_bot_core.domain.guilds import UNLIMITED, GuildSettings
from boss_bot_core.domain.preferences import DEFAULT_PREFERENCES, NO_CHOICES, UserPreferences
from boss_bot_core.domain.sizes import MEGABYTE
from boss_bot_core.domain.users import UserSettings


@attrs.frozen(kw_only=True)
class OperatorLimits:
    """The limits that the operator sets for all users.

    Attributes:
        max_file_size_bytes: Largest file; no other limit can exceed it.
        max_running_per_user: Number of one user's downloads that run at the same time.
        downloads_per_day: Number of one user's downloads per day (UTC), in all guilds together; None means no limit.
    """

    max_file_size_bytes: int = 50 * MEGABYTE
    max_running_per_user: int = 2
    downloads_per_day: int | None = 10


@attrs.frozen(kw_only=True)
class DailyUse:
    """The downloads of one user today (UTC).

    Attributes:
        used: Number of requested downloads; failed and cancelled ones do not count.
        allowed: Number of allowed downloads; None means no limit.
        renews_at: The time at which the count starts again, UTC.
    """

    used: int
    allowed: int | None
    renews_at: datetime = attrs.field(converter=to_utc)

    @property
    def is_used_up(self) -> bool:
        """Whether no further download is allowed today."""
        return self.allowed is not None and self.used >= self.allowed


@attrs.frozen(kw_only=True)
class AccessProfile:
    """Everything that the access policy needs to know about one user in one guild.

    Attributes:
        guild: The guild's settings; default settings in a private message.
        preferences: The user's preferences, completed with the guild's defaults.
        today: The user's downloads of today.
    """

    user: UserSettings
    guild: GuildSettings
    preferences: UserPreferences
    today: DailyUse
    operator_limits: OperatorLimits


async def read_guild(tx: ReadUnit, guild_id: int) -> GuildSettings:
    """Return the guild's settings, or default settings if nothing was set or there is no guild."""
    return await tx.guilds.get(guild_id) or GuildSettings(guild_id=guild_id)


async def read_is_premium(database: Database, guild_id: int) -> bool:
    """Return whether the bot's owner made the guild premium."""
    async with database.connect() as tx:
        return await tx.guilds.is_premium(guild_id)


async def read_user(tx: ReadUnit, user_id: int, now: datetime) -> UserSettings:
    """Return the user's settings, or default settings if the bot has not met the user."""
    return await tx.users.get(user_id) or UserSettings(user_id=user_id, created_at=now)


async def read_preferences(tx: ReadUnit, user_id: int, guild: GuildSettings) -> UserPreferences:
    """Return the user's preferences; what the user did not choose comes from the guild, then from the defaults."""
    choices = await tx.users.get_preferences(user_id) or NO_CHOICES
    return choices.apply_to(guild.default_preferences.apply_to(DEFAULT_PREFERENCES))


async def read_daily_use(
    tx: ReadUnit, user_id: int, guild: GuildSettings, operator_limits: OperatorLimits, now: datetime
) -> DailyUse:
    """Return the user's downloads of today.

    If the guild has a daily number of its own, that number applies and only downloads in this guild count. Otherwise
    the operator's number applies to the downloads in all guilds.
    """
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    guild_number = guild.daily_downloads_per_user
    counted_guild_id = None if guild_number is None else guild.guild_id
    used = await tx.users.count_downloads_since(user_id, midnight, guild_id=counted_guild_id)
    allowed = operator_limits.downloads_per_day if guild_number is None else guild_number
    return DailyUse(
        used=used,
        allowed=None if guild_number == UNLIMITED else allowed,
        renews_at=midnight + timedelta(days=1),
    )


async def read_profile(
    tx: ReadUnit, user_id: int, guild_id: int, operator_limits: OperatorLimits, now: datetime
) -> AccessProfile:
    """Return the profile of the user in the guild, read in one transaction."""
    guild = await read_guild(tx, guild_id)
    return AccessProfile(
        user=await read_user(tx, user_id, now),
        guild=guild,
        preferences=await read_preferences(tx, user_id, guild),
        today=await read_daily_use(tx, user_id, guild, operator_limits, now),
        operator_limits=operator_limits,
    )
