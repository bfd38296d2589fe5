"""Reads what an admin typed about one role, and changes that role's rule."""

from collections.abc import Callable

import attrs

from boss_bot_core.domain.guilds import GuildSettings, RoleRule
from boss_bot_core.domain.users import PermissionLevel
from boss_bot_core.people.parsing import parse_megabytes, parse_priority, parse_role, word_parser
from boss_bot_core.people.setting import DEFAULT

_ASPECTS: dict[str, tuple[str, Callable[[str], object]]] = {
    "size": ("max_file_size_mb", parse_megabytes),
    "priority": ("priority", parse_priority),
    "level": ("permission_level", word_parser(PermissionLevel)),
}
_WANTED = "a role, then `size`, `priority` or `level` with its value, or `none`"


def change_rule(before: GuildSettings, typed: str) -> GuildSettings:
    """Return the settings with one aspect of one role's rule changed: `<@&5> size 25`, or `<@&5> none`.

    Raises:
        ValueError: That is not what was typed; the text says what is.
    """
    role, _, rest = typed.partition(" ")
    aspect, _, value = rest.partition(" ")
    role_id = parse_role(role)
    if aspect.lower() == "none" and not value:
        return before.with_rule(RoleRule(role_id=role_id))
    if aspect.lower() not in _ASPECTS or not value:
        raise ValueError(_WANTED)
    attribute, parse = _ASPECTS[aspect.lower()]
    parsed = None if value.lower() == DEFAULT else parse(value)
    return before.with_rule(attrs.evolve(before.rule_of(role_id), **{attribute: parsed}))  # type: ignore[arg-type]  # its own parser made the value
