"""What the bot's owner may set for one person, wherever that person asks."""

from collections.abc import Callable

import attrs

from boss_bot_core.domain.users import PermissionLevel, UserSettings
from boss_bot_core.people.parsing import number_parser, parse_megabytes, spoken_list, word_parser
from boss_bot_core.people.setting import DEFAULT, Scope, Setting

_MOST_RUNNING = 20


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


PERSON_SETTINGS = (
    _setting(
        "level",
        "permission_level",
        word_parser(PermissionLevel),
        spoken_list(PermissionLevel),
        "premium",
        "Premium members may ask for high priority and have no daily number; admins are held by no server's rules.",
    ),
    _setting(
        "user-running",
        "max_concurrent_downloads",
        number_parser(1, _MOST_RUNNING),
        "a number",
        "3",
        "How many downloads of one person run at a time.",
    ),
    _setting("user-size", "max_file_size_mb", parse_megabytes, "a size in MB", "25", "One person's largest file."),
)
"""In the order in which they are shown."""
