"""The text of `$dls server`: the settings of a guild, each with the name under which it is changed."""

from boss_bot_core.bot.language import gettext as _
from boss_bot_core.bot.language import ngettext
from boss_bot_core.bot.texts.locale_format import and_more
from boss_bot_core.chat_settings.user import to_typed_values
from boss_bot_core.domain.guilds import UNLIMITED, GuildSettings, RoleRule

_LONGEST_LIST = 10


def guild_settings_text(guild: GuildSettings) -> str:
    """Return the settings of a guild."""
    daily = guild.daily_downloads_per_user
    heading, everybody, nobody, everywhere = _("Settings of this server"), _("everybody"), _("none"), _("all")
    prefix = f"`{guild.command_prefix}`" if guild.command_prefix else _("the bot's own")
    lines = [
        f"**{heading}**",
        f"allowed-roles: {_mentions('@&', guild.allowed_roles, everybody)}",
        f"blocked-roles: {_mentions('@&', guild.blocked_roles, nobody)}",
        f"allowed-channels: {_mentions('#', guild.allowed_channels, everywhere)}",
        f"blocked-channels: {_mentions('#', guild.blocked_channels, nobody)}",
        _("running at a time: {count}").format(count=guild.max_running or _("as many as the bot allows")),
        _("a day for each member: {count}").format(count=_daily(daily)),
        f"prefix: {prefix}",
        *(["premium: on"] if guild.is_premium else []),
        *(f"members-{name}: {value}" for name, value in to_typed_values(guild.default_preferences).items()),
        *map(_role_line, guild.role_rules[:_LONGEST_LIST]),
    ]
    if (more := len(guild.role_rules) - _LONGEST_LIST) > 0:
        lines.append(ngettext("and {count} more role", "and {count} more roles", more).format(count=more))
    return "\n".join(lines)


def _role_line(rule: RoleRule) -> str:
    parts = []
    if rule.max_file_size_mb:
        parts.append(_("files up to {size} MB").format(size=rule.max_file_size_mb))
    if rule.priority is not None:
        parts.append(_("priority up to {priority}").format(priority=rule.priority.name.lower()))
    if rule.permission_level is not None:
        parts.append(_("level {level}").format(level=rule.permission_level))
    return f"<@&{rule.role_id}>: {' '.join(parts)}".rstrip()


def _daily(number: int | None) -> str:
    return {None: _("as many as the bot allows"), UNLIMITED: _("no limit")}.get(number, str(number))


def _mentions(sigil: str, ids: frozenset[int], nothing: str) -> str:
    shown = [f"<{sigil}{each}>" for each in sorted(ids)[:_LONGEST_LIST]]
    more = f" {and_more(len(ids) - _LONGEST_LIST)}" if len(ids) > _LONGEST_LIST else ""
    return ", ".join(shown) + more if shown else nothing
