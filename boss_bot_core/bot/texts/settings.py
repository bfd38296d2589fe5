"""The texts of `$dls` about a user, and the lists of settings, in the form that the PRD gives them."""

from collections.abc import Iterable
from typing import Any

from boss_bot_core.access import AccessGranted, AccessProfile, DailyUse
from boss_bot_core.bot.language import LazyText, ngettext
from boss_bot_core.bot.language import gettext as _
from boss_bot_core.bot.texts.sentences import translate
from boss_bot_core.bot.texts.units import format_limit_compact
from boss_bot_core.chat_settings.catalog import SettingsCatalog
from boss_bot_core.chat_settings.setting import Setting
from boss_bot_core.domain.preferences import DEFAULT_PREFERENCES, NotificationPreference, UserPreferences
from boss_bot_core.domain.users import PermissionLevel

_TITLES = {
    title.message: title
    for title in (
        *(LazyText("Low"), LazyText("Normal"), LazyText("High")),
        *(LazyText("Premium"), LazyText("Admin")),
        *(LazyText("Standard"), LazyText("Blocks"), LazyText("Dots")),
    )
}
"""The values of settings that stand alone in an answer: priorities, levels, and styles of the progress bar."""


def user_settings_text(profile: AccessProfile, grant: AccessGranted, max_attempts: int, prefix: str = "$") -> str:
    """Return a user's settings and downloads of today.

    Args:
        profile: The user's settings and today's use.
        grant: What the user may do in the channel; its file size is no larger than the channel's upload limit.
        max_attempts: How often the bot tries a download at most, whatever the user chose.
        prefix: The prefix of typed commands.
    """
    user, preferences = profile.user, profile.preferences
    running = user.max_concurrent_downloads or profile.operator_limits.max_running_per_user
    lines = [
        _("Your Settings:"),
        _("Max concurrent downloads: {count}").format(count=running),
        _("Notification preference: {preference}").format(preference=_notification(preferences)),
        _("Default priority: {priority}").format(priority=_priority(grant)),
        _("Progress bar: {style}").format(style=value_title(preferences.progress_bar_style)),
        _("Retry by itself: {times}").format(times=_retries(preferences, max_attempts)),
        _("Max file size: {limit}").format(limit=format_limit_compact(grant.max_file_size_bytes)),
        _("Level: {level}").format(level=value_title(grant.level)),
        _("Total downloads today: {use}").format(use=_use(profile.today, grant.level)),
        _("Total downloads: {count}").format(count=user.total_downloads),
    ]
    hint = _("Change one with {change}; {help} lists them.").format(
        change=f"`{prefix}dls <setting> <value>`", help=f"`{prefix}dls help`"
    )
    return "\n".join(["```", *lines, "```", hint])


def all_settings_text(catalog: SettingsCatalog, *, can_manage_guild: bool, is_owner: bool) -> str:
    """Return the settings that the user may change, with the values that each accepts."""
    lists: list[tuple[str, Iterable[Setting[Any]]]] = [(_("Yours"), catalog.user)]
    if can_manage_guild:
        lists.append((_("This server's"), catalog.guild))
    if is_owner:
        lists.append((_("Of one person, by the owner"), catalog.owner))
        lists.append((_("Of this server, by the owner"), catalog.owner_guild))
    lines = [
        "\n".join([f"**{heading}**", *(f"`{setting.name}` {translate(setting.values)}" for setting in settings)])
        for heading, settings in lists
    ]
    return "\n".join(lines)


def setting_help(setting: Setting[Any], prefix: str = "$") -> str:
    """Return what one setting does, and the values that it accepts."""
    takes = _("It takes {values}. Example: {example}").format(
        values=translate(setting.values), example=f"`{prefix}dls {setting.example}`"
    )
    return f"`{setting.name}`: {translate(setting.help)}\n{takes}"


def value_title(word: str) -> str:
    """Return one of the values that are typed, such as `normal`, as a word of the answer."""
    return str(_TITLES[word.title()])


def _notification(preferences: UserPreferences) -> str:
    if preferences.notification_level is NotificationPreference.NONE:
        return _("None, only how it ended")
    sentence = _("Mentions, {level} detail") if preferences.mention_on_complete else _("No mentions, {level} detail")
    return sentence.format(level=preferences.notification_level)


def _priority(grant: AccessGranted) -> str:
    wanted, granted = value_title(grant.requested_priority.name), value_title(grant.priority.name)
    if not grant.is_priority_lowered:
        return wanted
    sentence = _("{wanted} (you get {granted} here: more needs premium or a role)")
    return sentence.format(wanted=wanted, granted=granted)


def _retries(preferences: UserPreferences, max_attempts: int) -> str:
    retries = min(preferences.max_attempts, max_attempts) - 1
    often = ngettext("up to {count} time", "up to {count} times", retries).format(count=retries)
    times = often if retries else _("Off")
    is_chosen = preferences.max_retries != DEFAULT_PREFERENCES.max_retries
    if is_chosen and preferences.max_attempts > max_attempts:
        return _("{times} (the bot allows no more)").format(times=times)
    return times


def _use(today: DailyUse, level: PermissionLevel) -> str:
    if today.allowed is None or level is not PermissionLevel.NORMAL:
        return _("{count}, no limit").format(count=today.used)
    return f"{today.used}/{today.allowed}"
