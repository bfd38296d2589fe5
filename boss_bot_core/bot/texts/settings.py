"""The texts of `$dls`, in the form that the PRD gives them."""

from collections.abc import Iterable
from typing import Any

from boss_bot_core.access import AccessGranted, AccessProfile, DailyUse
from boss_bot_core.bot.texts.units import format_limit_compact, pluralize
from boss_bot_core.chat_settings.catalog import SettingsCatalog
from boss_bot_core.chat_settings.setting import Setting
from boss_bot_core.chat_settings.user import to_typed_values
from boss_bot_core.domain.guilds import UNLIMITED, GuildSettings
from boss_bot_core.domain.preferences import DEFAULT_PREFERENCES, NotificationPreference, UserPreferences
from boss_bot_core.domain.users import PermissionLevel

_LONGEST_LIST = 10


def user_settings_text(profile: AccessProfile, grant: AccessGranted, max_attempts: int, prefix: str = "$") -> str:
    """Return a user's settings and downloads of today.

    Args:
        profile: The user's settings and today's use.
        grant: What the user may do in the channel; its file size is no larger than the channel's upload limit.
        max_attempts: How often the bot tries a download at most, whatever the user chose.
        prefix: The prefix of typed commands.
    """
    user, preferences = profile.user, profile.preferences
    lines = [
        "Your Settings:",
        f"Max concurrent downloads: {user.max_concurrent_downloads or profile.operator_limits.max_running_per_user}",
        f"Notification preference: {_notification(preferences)}",
        f"Default priority: {_priority(grant)}",
        f"Progress bar: {preferences.progress_bar_style.title()}",
        f"Retry by itself: {_retries(preferences, max_attempts)}",
        f"Max file size: {format_limit_compact(grant.max_file_size_bytes)}",
        f"Level: {grant.level.title()}",
        f"Total downloads today: {_use(profile.today, grant.level)}",
        f"Total downloads: {user.total_downloads}",
    ]
    return "\n".join(
        ["```", *lines, "```", f"Change one with `{prefix}dls <setting> <value>`; `{prefix}dls help` lists them."]
    )


def guild_settings_text(guild: GuildSettings) -> str:
    """Return the settings of a guild."""
    daily = guild.daily_downloads_per_user
    lines = [
        "**Settings of this server**",
        f"allowed-roles: {_mentions('@&', guild.allowed_roles, 'everybody')}",
        f"blocked-roles: {_mentions('@&', guild.blocked_roles, 'none')}",
        f"allowed-channels: {_mentions('#', guild.allowed_channels, 'all')}",
        f"blocked-channels: {_mentions('#', guild.blocked_channels, 'none')}",
        f"running at a time: {guild.max_running or 'as many as the bot allows'}",
        f"a day for each member: {_daily(daily)}",
        f"prefix: `{guild.command_prefix}`" if guild.command_prefix else "prefix: the bot's own",
        *(["premium: on"] if guild.is_premium else []),
        *(f"members-{name}: {value}" for name, value in to_typed_values(guild.default_preferences).items()),
    ]
    for rule in guild.role_rules[:_LONGEST_LIST]:
        size = f" files up to {rule.max_file_size_mb} MB" if rule.max_file_size_mb else ""
        urgent = "" if rule.priority is None else f" priority up to {rule.priority.name.lower()}"
        level = "" if rule.permission_level is None else f" level {rule.permission_level}"
        lines.append(f"<@&{rule.role_id}>:{size}{urgent}{level}")
    if (more := len(guild.role_rules) - _LONGEST_LIST) > 0:
        lines.append(f"and {more} more roles")
    return "\n".join(lines)


def all_settings_text(catalog: SettingsCatalog, *, can_manage_guild: bool, is_owner: bool) -> str:
    """Return the settings that the user may change, with the values that each accepts."""
    lists: list[tuple[str, Iterable[Setting[Any]]]] = [("Yours", catalog.user)]
    if can_manage_guild:
        lists.append(("This server's", catalog.guild))
    if is_owner:
        lists += [("Of one person, by the owner", catalog.owner), ("Of this server, by the owner", catalog.owner_guild)]
    lines = [
        "\n".join([f"**{heading}**", *(f"`{setting.name}` {setting.values}" for setting in settings)])
        for heading, settings in lists
    ]
    return "\n".join(lines)


def setting_help(setting: Setting[Any], prefix: str = "$") -> str:
    """Return what one setting does, and the values that it accepts."""
    return f"`{setting.name}`: {setting.help}\nIt takes {setting.values}. Example: `{prefix}dls {setting.example}`"


def _notification(preferences: UserPreferences) -> str:
    if preferences.notification_level is NotificationPreference.NONE:
        return "None, only how it ended"
    mentions = "Mentions" if preferences.mention_on_complete else "No mentions"
    return f"{mentions}, {preferences.notification_level} detail"


def _priority(grant: AccessGranted) -> str:
    wanted, granted = grant.requested_priority.name.title(), grant.priority.name.title()
    return f"{wanted} (you get {granted} here: more needs premium or a role)" if grant.is_priority_lowered else wanted


def _retries(preferences: UserPreferences, max_attempts: int) -> str:
    retries = min(preferences.max_attempts, max_attempts) - 1
    times = f"up to {pluralize(retries, 'time')}" if retries else "Off"
    is_chosen = preferences.max_retries != DEFAULT_PREFERENCES.max_retries
    return f"{times} (the bot allows no more)" if is_chosen and preferences.max_attempts > max_attempts else times


def _use(today: DailyUse, level: PermissionLevel) -> str:
    unlimited = today.allowed is None or level is not PermissionLevel.NORMAL
    return f"{today.used}, no limit" if unlimited else f"{today.used}/{today.allowed}"


def _daily(number: int | None) -> str:
    return {None: "as many as the bot allows", UNLIMITED: "no limit"}.get(number, str(number))


def _mentions(sigil: str, ids: frozenset[int], nothing: str) -> str:
    shown = [f"<{sigil}{each}>" for each in sorted(ids)[:_LONGEST_LIST]]
    more = f" and {len(ids) - _LONGEST_LIST} more" if len(ids) > _LONGEST_LIST else ""
    return ", ".join(shown) + more if shown else nothing
