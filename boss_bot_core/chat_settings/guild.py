"""What people who may manage a server may set for it."""

from collections.abc import Callable

import attrs

from boss_bot_core.chat_settings.owner import change_role_rule
from boss_bot_core.chat_settings.parsers import build_number_parser, parse_channel, parse_role
from boss_bot_core.chat_settings.setting import DEFAULT, Scope, Setting
from boss_bot_core.chat_settings.user import USER_SETTINGS
from boss_bot_core.domain.guilds import UNLIMITED, GuildSettings
from boss_bot_core.domain.preferences import PreferenceChoices

_MAX_DAILY_DOWNLOADS = 100_000
_MAX_RUNNING = 100
_NONE = "none"


def _ids(name: str, attribute: str, parse: Callable[[str], int], like: str, text: str) -> Setting[GuildSettings]:
    def change(before: GuildSettings, typed: str) -> GuildSettings:
        old: frozenset[int] = getattr(before, attribute)
        verb, _, rest = typed.partition(" ")
        if verb.lower() in {_NONE, DEFAULT} and not rest:
            return attrs.evolve(before, **{attribute: frozenset()})  # type: ignore[arg-type]  # all four are sets
        named = rest if verb.lower() in {"add", "remove"} else typed
        if not named:
            raise ValueError(f"one or more of {like}, after `add` or `remove` if you like, or `{_NONE}`")
        ids = frozenset(parse(each) for each in named.replace(",", " ").split())
        new = {"add": old | ids, "remove": old - ids}.get(verb.lower(), ids)
        return attrs.evolve(before, **{attribute: new})  # type: ignore[arg-type]  # all four are sets

    return Setting(
        name=name,
        scope=Scope.GUILD,
        values=f"[add | remove] {like} …, or {_NONE}",
        help=text,
        example=f"{name} add {like}",
        change=change,
    )


def _change_running(before: GuildSettings, typed: str) -> GuildSettings:
    value = None if typed.lower() == DEFAULT else build_number_parser(1, _MAX_RUNNING)(typed)
    return attrs.evolve(before, max_running=value)


def _change_daily(before: GuildSettings, typed: str) -> GuildSettings:
    words = {DEFAULT: None, "unlimited": UNLIMITED}
    value = words[typed.lower()] if typed.lower() in words else build_number_parser(1, _MAX_DAILY_DOWNLOADS)(typed)
    return attrs.evolve(before, daily_downloads_per_user=value)


def _for_members(own: Setting[PreferenceChoices]) -> Setting[GuildSettings]:
    def change(before: GuildSettings, typed: str) -> GuildSettings:
        return attrs.evolve(before, default_preferences=own.change(before.default_preferences, typed))

    return Setting(
        name=f"members-{own.name}",
        aliases=tuple(f"members-{alias}" for alias in own.aliases),
        scope=Scope.GUILD,
        values=own.values,
        help=f"What `{own.name}` is for members who did not choose.",
        example=f"members-{own.example}",
        choices=own.choices,
        change=change,
    )


GUILD_SETTINGS = (
    _ids("allowed-roles", "allowed_roles", parse_role, "@Role", "Only members with one of these roles may download."),
    _ids("blocked-roles", "blocked_roles", parse_role, "@Role", "Members with one of these roles may not download."),
    _ids("allowed-channels", "allowed_channels", parse_channel, "#channel", "Downloads are allowed only there."),
    _ids("blocked-channels", "blocked_channels", parse_channel, "#channel", "Downloads are switched off there."),
    Setting(
        name="role",
        scope=Scope.GUILD,
        values="@Role size <MB> | priority low, normal or high | level normal, premium or admin | none",
        help="The largest file, the most urgent priority or the level of members with a role.",
        example="role @Role size 25",
        change=change_role_rule,
    ),
    Setting(
        name="running",
        scope=Scope.GUILD,
        values=f"a number, or {DEFAULT}",
        help="How many downloads of this server run at a time.",
        example="running 3",
        change=_change_running,
    ),
    Setting(
        name="daily",
        scope=Scope.GUILD,
        values=f"a number, unlimited, or {DEFAULT}",
        help="How many downloads each member may have in a day.",
        example="daily 20",
        change=_change_daily,
    ),
    *map(_for_members, USER_SETTINGS),
)
"""In the order in which they are shown."""
