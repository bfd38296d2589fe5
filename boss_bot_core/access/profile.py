"""What is known of a person in one place when they ask: the facts that a decision is made of.

Reads what is known of somebody in one place, all inside one transaction.
"""

from datetime import datetime, timedelta

import attrs

from boss_bot_core.database import ReadUnit, UnitOfWork
from boss_bot_core.domain.clock import to_utc
from boss_bot_core.domain.guilds import UNLIMITED, GuildSettings
from boss_bot_core.domain.preferences import NO_CHOICES
from boss_bot_core.domain.sizes import MEGABYTE
from boss_bot_core.domain.users import DEFAULT_PREFERENCES, PermissionLevel, UserPreferences, UserSettings


@attrs.frozen(kw_only=True)
class OperatorLimits:
    """What the bot's operator allows everybody.

    Attributes:
        max_file_size_bytes: Largest file; nobody is allowed more.
        max_running_per_user: Downloads of one person that run at a time.
        downloads_per_day: Of one person, each day (UTC), wherever they ask; None: no limit.
    """

    max_file_size_bytes: int = 50 * MEGABYTE
    max_running_per_user: int = 2
    downloads_per_day: int | None = 10


@attrs.frozen(kw_only=True)
class DailyUse:
    """A person's downloads of today (UTC).

    Attributes:
        used: How many they asked for; what failed or was cancelled does not count.
        allowed: How many they may; None: no limit.
        renews_at: When the count starts again, UTC.
    """

    used: int
    allowed: int | None
    renews_at: datetime = attrs.field(converter=to_utc)

    @property
    def is_used_up(self) -> bool:
        """Whether no more is allowed today."""
        return self.allowed is not None and self.used >= self.allowed


@attrs.frozen(kw_only=True)
class AccessProfile:
    """The facts.

    Attributes:
        user: Their own settings.
        guild: Their server's; nothing set in a private message.
        preferences: What they want, the server's defaults included.
        today: What they asked for today.
        operator_limits: The operator's limits.
    """

    user: UserSettings
    guild: GuildSettings
    preferences: UserPreferences
    today: DailyUse
    operator_limits: OperatorLimits


def highest_level(*levels: PermissionLevel) -> PermissionLevel:
    """Return the one that may most."""
    return max(levels, key=list(PermissionLevel).index)


Tx = ReadUnit | UnitOfWork


async def read_guild(tx: Tx, guild_id: int) -> GuildSettings:
    """Return the server's settings; those of a server where nobody has set anything, and of private messages, too."""
    return await tx.guilds.get(guild_id) or GuildSettings(guild_id=guild_id)


async def read_user(tx: Tx, user_id: int, now: datetime) -> UserSettings:
    """Return the person's settings; those of somebody whom the bot has not met, too."""
    return await tx.users.get(user_id) or UserSettings(user_id=user_id, created_at=now)


async def read_preferences(tx: Tx, user_id: int, guild: GuildSettings) -> UserPreferences:
    """Return what the person chose, over what their server chose, over everybody's defaults."""
    own = await tx.users.get_preferences(user_id) or NO_CHOICES
    return own.apply_to(guild.default_preferences.apply_to(DEFAULT_PREFERENCES))


async def read_daily_use(
    tx: Tx, user_id: int, guild: GuildSettings, operator_limits: OperatorLimits, now: datetime
) -> DailyUse:
    """Return the person's use of today: within the server by the server's own number, anywhere by the operator's."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    own_number = guild.daily_downloads_per_user
    within = None if own_number is None else guild.guild_id
    used = await tx.users.count_downloads_since(user_id, midnight, guild_id=within)
    allowed = operator_limits.downloads_per_day if own_number is None else own_number
    return DailyUse(
        used=used,
        allowed=None if own_number == UNLIMITED else allowed,
        renews_at=midnight + timedelta(days=1),
    )


async def read_profile(
    tx: Tx, user_id: int, guild_id: int, operator_limits: OperatorLimits, now: datetime
) -> AccessProfile:
    """Return everything that a decision needs."""
    guild = await read_guild(tx, guild_id)
    return AccessProfile(
        user=await read_user(tx, user_id, now),
        guild=guild,
        preferences=await read_preferences(tx, user_id, guild),
        today=await read_daily_use(tx, user_id, guild, operator_limits, now),
        operator_limits=operator_limits,
    )
