"""What `$dls` shows, in the PRD's form: pure."""

from collections.abc import Iterable
from typing import Any

from boss_bot_core.access import AccessGranted, AccessProfile, DailyUse
from boss_bot_core.bot.texts.units import format_limit_compact
from boss_bot_core.chat_settings.catalog import SettingsCatalog
from boss_bot_core.chat_settings.setting import Setting
from boss_bot_core.chat_settings.user import to_typed_values
from boss_bot_core.domain.guilds import UNLIMITED, GuildSettings
from boss_bot_core.domain.preferences import NotificationPreference, UserPreferences
from boss_bot_core.domain.users import PermissionLevel

_LONGEST_LIST = 10


def user_settings_text(profile: AccessProfile, grant: AccessGranted, most_attempts: int) -> str:
    """Return a person's settings and their use of today.

    Args:
        profile: What is known of them.
        grant: What they may where they ask, its largest file no larger than what that place takes.
        most_attempts: How often the bot begins a download at most, whatever they want.
    """
    spec = profile.preferences
    user = profile.user
    lines = [
        "Your Settings:",
        f"Max concurrent downloads: {user.max_concurrent_downloads or profile.operator_limits.max_running_per_user}",
        f"Notification preference: {_notification(spec)}",
        f"Default priority: {_priority(grant)}",
        f"Progress bar: {spec.progress_bar_style.title()}",
        f"Retry by itself: {_retries(spec, most_attempts)}",
        f"Max file size: {format_limit_compact(grant.max_file_size_bytes)}",
        f"Level: {grant.level.title()}",
        f"Total downloads today: {_use(profile.today, grant.level)}",
        f"Total downloads: {user.total_downloads}",
    ]
    return "\n".join(["```", *lines, "```", "Change one with `$dls <setting> <value>`; `$dls help` lists them."])


def guild_settings_text(guild: GuildSettings) -> str:
    """Return a server's settings."""
    daily = guild.daily_downloads_per_user
    lines = [
        "**Settings of this server**",
        f"allowed-roles: {_mentions('@&', guild.allowed_roles, 'everybody')}",
        f"blocked-roles: {_mentions('@&', guild.blocked_roles, 'none')}",
        f"allowed-channels: {_mentions('#', guild.allowed_channels, 'all')}",
        f"blocked-channels: {_mentions('#', guild.blocked_channels, 'none')}",
        f"running at a time: {guild.max_running or 'as many as the bot allows'}",
        f"a day for each member: {_daily(daily)}",
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


def all_settings_text(known: SettingsCatalog, *, manages_server: bool, is_owner: bool) -> str:
    """Return the lists of the settings that the reader may change."""
    parts = [settings_list(known.user, "Yours")]
    if manages_server:
        parts.append(settings_list(known.guild, "This server's"))
    if is_owner:
        parts.append(settings_list(known.owner, "Of one person, by the bot's owner"))
    return "\n".join(parts)


def settings_list(settings: Iterable[Setting[Any]], heading: str) -> str:
    """Return the settings that somebody may change, with what each takes."""
    lines = [f"`{setting.name}` {setting.values}" for setting in settings]
    return "\n".join([f"**{heading}**", *lines])


def setting_help(setting: Setting[Any]) -> str:
    """Return what one setting does and takes."""
    return f"`{setting.name}`: {setting.help}\nIt takes {setting.values}. Example: `$dls {setting.example}`"


def _notification(spec: UserPreferences) -> str:
    if spec.notification_level is NotificationPreference.NONE:
        return "None, only how it ended"
    mentions = "Mentions" if spec.mention_on_complete else "No mentions"
    return f"{mentions}, {spec.notification_level} detail"


def _priority(grant: AccessGranted) -> str:
    command, got = grant.requested_priority.name.title(), grant.priority.name.title()
    return f"{command} (you get {got} here: more needs premium or a role)" if grant.is_priority_lowered else command


def _retries(spec: UserPreferences, most_attempts: int) -> str:
    number = min(spec.max_attempts, most_attempts) - 1
    times = f"up to {number} time{'' if number == 1 else 's'}" if number else "Off"
    return f"{times} (the bot allows no more)" if spec.max_attempts > most_attempts else times


def _use(today: DailyUse, level: PermissionLevel) -> str:
    unlimited = today.allowed is None or level is not PermissionLevel.NORMAL
    return f"{today.used}, no limit" if unlimited else f"{today.used}/{today.allowed}"


def _daily(number: int | None) -> str:
    if number is None:
        return "as many as the bot allows"
    return "no limit" if number == UNLIMITED else str(number)


def _mentions(sign: str, ids: frozenset[int], nothing: str) -> str:
    shown = [f"<{sign}{each}>" for each in sorted(ids)[:_LONGEST_LIST]]
    more = f" and {len(ids) - _LONGEST_LIST} more" if len(ids) > _LONGEST_LIST else ""
    return ", ".join(shown) + more if shown else nothing
