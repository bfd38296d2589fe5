"""The settings that users who may manage a guild may change for it."""

from collections.abc import Callable

import attrs

from boss_bot_core.chat_settings.parsers import (
    build_enum_parser,
    build_number_parser,
    parse_channel,
    parse_file_size,
    parse_priority,
    parse_role,
)
from boss_bot_core.chat_settings.setting import DEFAULT, Scope, Setting, build_attribute_change
from boss_bot_core.chat_settings.user import USER_SETTINGS
from boss_bot_core.domain.guilds import UNLIMITED, GuildSettings, RoleRule
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


def _build_id_setting(name: str, parse: Callable[[str], int], sample: str, help_text: str) -> Setting[GuildSettings]:
    attribute = name.replace("-", "_")

    def change(before: GuildSettings, typed: str) -> GuildSettings:
        current: frozenset[int] = getattr(before, attribute)
        verb, _, rest = typed.partition(" ")
        listed = rest if verb.lower() in {"add", "remove"} else typed
        if not listed:
            raise ValueError(f"one or more of {sample}, after `add` or `remove` if you like, or `{_NONE}`")
        if typed.lower() in {_NONE, DEFAULT}:
            ids = frozenset[int]()
        else:
            parsed = frozenset(parse(each) for each in listed.replace(",", " ").split())
            ids = {"add": current | parsed, "remove": current - parsed}.get(verb.lower(), parsed)
        return attrs.evolve(before, **{attribute: ids})  # type: ignore[arg-type]  # all four are sets

    return Setting(
        name=name,
        scope=Scope.GUILD,
        values=f"[add | remove] {sample} …, or {_NONE}",
        help=help_text,
        example=f"{name} add {sample}",
        change=change,
    )


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
    _build_id_setting("allowed-roles", parse_role, "@Role", "Only members with one of these roles may download."),
    _build_id_setting("blocked-roles", parse_role, "@Role", "Members with one of these roles may not download."),
    _build_id_setting("allowed-channels", parse_channel, "#channel", "Downloads are allowed only there."),
    _build_id_setting("blocked-channels", parse_channel, "#channel", "Downloads are switched off there."),
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
    *map(_build_member_default, USER_SETTINGS),
)
"""The settings, in the order in which they are shown."""
