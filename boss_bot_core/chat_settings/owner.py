"""What the bot's owner may set for one person, wherever that person asks.

Reads what an admin typed about one role, and changes that role's rule.
"""

from collections.abc import Callable

import attrs

from boss_bot_core.chat_settings.parsers import (
    build_enum_parser,
    build_number_parser,
    join_words,
    parse_file_size,
    parse_priority,
    parse_role,
)
from boss_bot_core.chat_settings.setting import DEFAULT, Scope, Setting
from boss_bot_core.domain.guilds import GuildSettings, RoleRule
from boss_bot_core.domain.users import PermissionLevel, UserSettings

_MAX_RUNNING = 20


def _setting(
    name: str, attribute: str, parse: Callable[[str], object], values: str, example: str, text: str
) -> Setting[UserSettings]:
    default = attrs.fields_dict(UserSettings)[attribute].default

    def change(before: UserSettings, typed: str) -> UserSettings:
        value = default if typed.lower() == DEFAULT else parse(typed)
        return attrs.evolve(before, **{attribute: value})  # type: ignore[arg-type]  # its own parser made the value

    return Setting(
        name=name,
        scope=Scope.OWNER,
        values=f"@person {values}, or {DEFAULT}",
        help=text,
        example=f"{name} @person {example}",
        change=change,
    )


OWNER_SETTINGS = (
    _setting(
        "level",
        "permission_level",
        build_enum_parser(PermissionLevel),
        join_words(PermissionLevel),
        "premium",
        "Premium members may ask for high priority and have no daily number; admins are held by no server's rules.",
    ),
    _setting(
        "user-running",
        "max_concurrent_downloads",
        build_number_parser(1, _MAX_RUNNING),
        "a number",
        "3",
        "How many downloads of one person run at a time.",
    ),
    _setting("user-size", "max_file_size_mb", parse_file_size, "a size in MB", "25", "One person's largest file."),
)
"""In the order in which they are shown."""


_ASPECTS: dict[str, tuple[str, Callable[[str], object]]] = {
    "size": ("max_file_size_mb", parse_file_size),
    "priority": ("priority", parse_priority),
    "level": ("permission_level", build_enum_parser(PermissionLevel)),
}
_WANTED = "a role, then `size`, `priority` or `level` with its value, or `none`"


def change_role_rule(before: GuildSettings, typed: str) -> GuildSettings:
    """Return the settings with one aspect of one role's rule changed: `<@&5> size 25`, or `<@&5> none`.

    Raises:
        ValueError: That is not what was typed; the text says what is.
    """
    role, _, rest = typed.partition(" ")
    aspect, _, value = rest.partition(" ")
    role_id = parse_role(role)
    if aspect.lower() == "none" and not value:
        return before.with_role_rule(RoleRule(role_id=role_id))
    if aspect.lower() not in _ASPECTS or not value:
        raise ValueError(_WANTED)
    attribute, parse = _ASPECTS[aspect.lower()]
    parsed = None if value.lower() == DEFAULT else parse(value)
    return before.with_role_rule(attrs.evolve(before.get_role_rule(role_id), **{attribute: parsed}))  # type: ignore[arg-type]  # its own parser made the value
