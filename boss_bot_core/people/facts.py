"""Reads what is known of somebody in one place, all inside one transaction."""

from datetime import datetime, timedelta

from boss_bot_core.database import Reading, Writing
from boss_bot_core.domain.guilds import UNLIMITED, GuildSettings
from boss_bot_core.domain.preferences import NO_CHOICES
from boss_bot_core.domain.users import DEFAULT_PREFERENCES, UserPreferences, UserSettings
from boss_bot_core.people.standing import Allowances, DailyUse, Standing

Tx = Reading | Writing


async def read_guild(tx: Tx, guild_id: int) -> GuildSettings:
    """Return the server's settings; those of a server where nobody has set anything, and of private messages, too."""
    return await tx.guilds.get(guild_id) or GuildSettings(guild_id=guild_id)


async def read_user(tx: Tx, user_id: int, now: datetime) -> UserSettings:
    """Return the person's settings; those of somebody whom the bot has not met, too."""
    return await tx.users.get(user_id) or UserSettings(user_id=user_id, created_at=now)


async def read_preferences(tx: Tx, user_id: int, guild: GuildSettings) -> UserPreferences:
    """Return what the person chose, over what their server chose, over everybody's defaults."""
    own = await tx.users.preferences(user_id) or NO_CHOICES
    return own.over(guild.default_preferences.over(DEFAULT_PREFERENCES))


async def read_today(tx: Tx, user_id: int, guild: GuildSettings, allowances: Allowances, now: datetime) -> DailyUse:
    """Return the person's use of today: within the server by the server's own number, anywhere by the operator's."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    own_number = guild.daily_downloads_per_user
    within = None if own_number is None else guild.guild_id
    used = await tx.users.count_downloads_since(user_id, midnight, guild_id=within)
    allowed = allowances.downloads_per_day if own_number is None else own_number
    return DailyUse(
        used=used,
        allowed=None if own_number == UNLIMITED else allowed,
        renews_at=midnight + timedelta(days=1),
    )


async def read_standing(tx: Tx, user_id: int, guild_id: int, allowances: Allowances, now: datetime) -> Standing:
    """Return everything that a decision needs."""
    guild = await read_guild(tx, guild_id)
    return Standing(
        user=await read_user(tx, user_id, now),
        guild=guild,
        preferences=await read_preferences(tx, user_id, guild),
        today=await read_today(tx, user_id, guild, allowances, now),
        allowances=allowances,
    )
