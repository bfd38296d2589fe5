"""What everybody may set for themselves."""

from collections.abc import Callable
from enum import IntEnum

import attrs

from boss_bot_core.chat_settings.parsers import (
    build_enum_parser,
    build_number_parser,
    join_words,
    parse_priority,
    parse_switch,
)
from boss_bot_core.chat_settings.setting import DEFAULT, Scope, Setting, find_setting
from boss_bot_core.domain.preferences import PreferenceChoices
from boss_bot_core.domain.users import MAX_RETRIES, BarStyle, NotificationPreference

_SWITCH = ("on", "off")


def _setting(
    name: str, attribute: str, parse: Callable[[str], object], choices: tuple[str, ...], text: str
) -> Setting[PreferenceChoices]:
    def change(before: PreferenceChoices, typed: str) -> PreferenceChoices:
        value = None if typed.lower() == DEFAULT else parse(typed)
        return attrs.evolve(before, **{attribute: value})  # type: ignore[arg-type]  # its own parser made the value

    return Setting(
        name=name,
        aliases=(attribute.replace("_", "-"),),
        scope=Scope.USER,
        values=join_words((*choices, DEFAULT)),
        help=text,
        example=f"{name} {choices[-1]}",
        choices=(*choices, DEFAULT),
        change=change,
    )


USER_SETTINGS = (
    _setting(
        "notifications",
        "notification_level",
        build_enum_parser(NotificationPreference),
        tuple(NotificationPreference),
        "How much of a download you are shown: only how it ended, start and end, progress, or every detail.",
    ),
    _setting(
        "bar",
        "progress_bar_style",
        build_enum_parser(BarStyle),
        tuple(BarStyle),
        "How the progress bar is drawn.",
    ),
    _setting(
        "priority",
        "default_priority",
        parse_priority,
        ("low", "normal", "high"),
        "How urgent your downloads are when you do not say; high needs premium or a role that allows it.",
    ),
    _setting("mention", "mention_on_complete", parse_switch, _SWITCH, "Whether you are mentioned when one is done."),
    _setting("retry", "auto_retry", parse_switch, _SWITCH, "Whether a failed download is tried again by itself."),
    _setting(
        "retries",
        "max_retries",
        build_number_parser(0, MAX_RETRIES),
        tuple(map(str, range(MAX_RETRIES + 1))),
        "How often a failed download is tried again.",
    ),
)
"""In the order in which they are shown."""


def to_typed_values(choices: PreferenceChoices) -> dict[str, str]:
    """Return what was chosen as it would be typed: each setting's name and its value."""
    return {
        find_setting(USER_SETTINGS, attribute).name: _to_typed_value(value)
        for attribute, value in choices.chosen_values().items()
    }


def _to_typed_value(value: object) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return value.name.lower() if isinstance(value, IntEnum) else str(value)
