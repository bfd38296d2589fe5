"""The settings that each user may change for themselves."""

from collections.abc import Callable
from enum import IntEnum

from boss_bot_core.chat_settings.parsers import (
    build_enum_parser,
    build_number_parser,
    join_words,
    parse_priority,
    parse_switch,
)
from boss_bot_core.chat_settings.setting import DEFAULT, Scope, Setting, build_attribute_change, find_setting
from boss_bot_core.domain.languages import AUTO, LANGUAGES, parse_language
from boss_bot_core.domain.preferences import MAX_RETRIES, BarStyle, NotificationPreference, PreferenceChoices

_SWITCH = ("on", "off")


def _build_setting(
    name: str, attribute: str, parse: Callable[[str], object], choices: tuple[str, ...], help_text: str
) -> Setting[PreferenceChoices]:
    return Setting(
        name=name,
        aliases=tuple({attribute.replace("_", "-")} - {name}),
        scope=Scope.USER,
        values=join_words((*choices, DEFAULT)),
        help=help_text,
        example=f"{name} {choices[-1]}",
        choices=(*choices, DEFAULT),
        change=build_attribute_change(attribute, parse),
    )


USER_SETTINGS = (
    _build_setting(
        "notifications",
        "notification_level",
        build_enum_parser(NotificationPreference),
        tuple(NotificationPreference),
        "How much of a download you are shown: only how it ended, start and end, progress, or every detail.",
    ),
    _build_setting(
        "bar",
        "progress_bar_style",
        build_enum_parser(BarStyle),
        tuple(BarStyle),
        "How the progress bar is drawn.",
    ),
    _build_setting(
        "priority",
        "default_priority",
        parse_priority,
        ("low", "normal", "high"),
        "How urgent your downloads are when you do not say; high needs premium or a role that allows it.",
    ),
    _build_setting(
        "mention", "mention_on_complete", parse_switch, _SWITCH, "Whether you are mentioned when one is done."
    ),
    _build_setting("retry", "auto_retry", parse_switch, _SWITCH, "Whether a failed download is tried again by itself."),
    _build_setting(
        "retries",
        "max_retries",
        build_number_parser(0, MAX_RETRIES),
        tuple(map(str, range(MAX_RETRIES + 1))),
        "How often a failed download is tried again.",
    ),
    _build_setting(
        "language",
        "language",
        parse_language,
        (AUTO, *LANGUAGES),
        "The language of what only you see; auto follows your Discord.",
    ),
)
"""The settings, in the order in which they are shown."""


def to_typed_values(choices: PreferenceChoices) -> dict[str, str]:
    """Return the chosen preferences by setting name, each value as a user would type it."""
    return {
        find_setting(USER_SETTINGS, attribute).name: _to_typed_value(value)
        for attribute, value in choices.chosen_values().items()
    }


def _to_typed_value(value: object) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return value.name.lower() if isinstance(value, IntEnum) else str(value)
