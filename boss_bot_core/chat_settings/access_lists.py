"""The settings of the roles and channels that a guild allows and blocks: lists of ids, changed as a whole or by one."""

from collections.abc import Callable

import attrs

from boss_bot_core.chat_settings.parsers import parse_channel, parse_role
from boss_bot_core.chat_settings.setting import DEFAULT, Scope, Setting
from boss_bot_core.domain.guilds import GuildSettings

_NONE = "none"


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


ACCESS_LISTS = (
    _build_id_setting("allowed-roles", parse_role, "@Role", "Only members with one of these roles may download."),
    _build_id_setting("blocked-roles", parse_role, "@Role", "Members with one of these roles may not download."),
    _build_id_setting("allowed-channels", parse_channel, "#channel", "Downloads are allowed only there."),
    _build_id_setting("blocked-channels", parse_channel, "#channel", "Downloads are switched off there."),
)
"""The settings, in the order in which they are shown."""
