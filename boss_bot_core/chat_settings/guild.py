"""The settings that users who may manage a guild may change for it."""

import attrs

from boss_bot_core.chat_settings.access_lists import ACCESS_LISTS
from boss_bot_core.chat_settings.parsers import (
    build_enum_parser,
    build_number_parser,
    join_words,
    parse_command_prefix,
    parse_file_size,
    parse_priority,
    parse_role,
)
from boss_bot_core.chat_settings.setting import DEFAULT, Scope, Setting, build_attribute_change
from boss_bot_core.chat_settings.user import USER_SETTINGS
from boss_bot_core.domain.guilds import UNLIMITED, GuildSettings, RoleRule
from boss_bot_core.domain.languages import AUTO, LANGUAGES, parse_language
from boss_bot_core.domain.preferences import PreferenceChoices
from boss_bot_core.domain.users import PermissionLevel

_MAX_DAILY_DOWNLOADS = 100_000
_MAX_RUNNING = 100
_NONE = "none"
_CHANGE_RULE_ATTRIBUTE = {
    "size": build_attribute_change("max_file_size_mb", parse_file_size),
    "priority": build_attribute_change("priority", parse_priority),
    "level": build_attribute_change("permission_level", build_enum_parser(PermissionLevel)),
}


def _parse_daily_downloads(typed: str) -> int:
    return UNLIMITED if typed.lower() == "unlimited" else build_number_parser(1, _MAX_DAILY_DOWNLOADS)(typed)


def _change_role_rule(before: GuildSettings, typed: str) -> GuildSettings:
    """Change one attribute of the rule of one role (`<@&5> size 25`), or remove the rule (`<@&5> none`)."""
    role, _, rest = typed.partition(" ")
    attribute, _, value = rest.partition(" ")
    rule = before.get_role_rule(parse_role(role))
    if attribute.lower() == _NONE and not value:
        return before.with_role_rule(RoleRule(role_id=rule.role_id))
    if attribute.lower() not in _CHANGE_RULE_ATTRIBUTE or not value:
        raise ValueError("a role, then `size`, `priority` or `level` with its value, or `none`")
    return before.with_role_rule(_CHANGE_RULE_ATTRIBUTE[attribute.lower()](rule, value))


def _build_member_default(setting: Setting[PreferenceChoices]) -> Setting[GuildSettings]:
    def change(before: GuildSettings, typed: str) -> GuildSettings:
        return attrs.evolve(before, default_preferences=setting.change(before.default_preferences, typed))

    return Setting(
        name=f"members-{setting.name}",
        aliases=tuple(f"members-{alias}" for alias in setting.aliases),
        scope=Scope.GUILD,
        values=setting.values,
        help=f"What `{setting.name}` is for members who did not choose.",
        example=f"members-{setting.example}",
        choices=setting.choices,
        change=change,
    )


GUILD_SETTINGS = (
    *ACCESS_LISTS,
    Setting(
        name="role",
        scope=Scope.GUILD,
        values="@Role size <MB> | priority low, normal or high | level normal, premium or admin | none",
        help="The largest file, the most urgent priority or the level of members with a role.",
        example="role @Role size 25",
        change=_change_role_rule,
    ),
    Setting(
        name="running",
        scope=Scope.GUILD,
        values=f"a number, or {DEFAULT}",
        help="How many downloads of this server run at a time.",
        example="running 3",
        change=build_attribute_change("max_running", build_number_parser(1, _MAX_RUNNING)),
    ),
    Setting(
        name="daily",
        scope=Scope.GUILD,
        values=f"a number, unlimited, or {DEFAULT}",
        help="How many downloads each member may have in a day.",
        example="daily 20",
        change=build_attribute_change("daily_downloads_per_user", _parse_daily_downloads),
    ),
    Setting(
        name="prefix",
        aliases=("command-prefix",),
        scope=Scope.GUILD,
        values=f"characters such as !, or {DEFAULT}",
        help="What typed commands of this server begin with; a mention of the bot works as well.",
        example="prefix !",
        change=build_attribute_change("command_prefix", parse_command_prefix),
    ),
    Setting(
        name="server-language",
        scope=Scope.GUILD,
        values=join_words((AUTO, *LANGUAGES, DEFAULT)),
        help="The language of cards and of answers that everyone sees; auto follows the server's settings in Discord.",
        example="server-language de",
        choices=(AUTO, *LANGUAGES, DEFAULT),
        change=build_attribute_change("language", parse_language),
    ),
    # Members whose language is not chosen have the one of their own Discord.
    *(_build_member_default(setting) for setting in USER_SETTINGS if setting.name != "language"),
)
"""The settings, in the order in which they are shown."""
