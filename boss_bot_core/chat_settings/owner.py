"""The settings that the bot's owner may change: for one user in all guilds, and for one guild."""

from collections.abc import Callable

from boss_bot_core.chat_settings.parsers import (
    build_enum_parser,
    build_number_parser,
    join_words,
    parse_file_size,
    parse_switch,
)
from boss_bot_core.chat_settings.setting import DEFAULT, Scope, Setting, build_attribute_change
from boss_bot_core.domain.guilds import GuildSettings
from boss_bot_core.domain.users import PermissionLevel, UserSettings

_MAX_RUNNING = 20


def _build_setting(
    name: str, attribute: str, parse: Callable[[str], object], values: str, example: str, help_text: str
) -> Setting[UserSettings]:
    return Setting(
        name=name,
        scope=Scope.OWNER,
        values=f"@person {values}, or {DEFAULT}",
        help=help_text,
        example=f"{name} @person {example}",
        change=build_attribute_change(attribute, parse),
    )


OWNER_SETTINGS = (
    _build_setting(
        "level",
        "permission_level",
        build_enum_parser(PermissionLevel),
        join_words(PermissionLevel),
        "premium",
        "Premium members may ask for high priority and have no daily number; admins are held by no server's rules.",
    ),
    _build_setting(
        "user-running",
        "max_concurrent_downloads",
        build_number_parser(1, _MAX_RUNNING),
        "a number",
        "3",
        "How many downloads of one person run at a time.",
    ),
    _build_setting(
        "user-size", "max_file_size_mb", parse_file_size, "a size in MB", "25", "One person's largest file."
    ),
)
"""The settings, in the order in which they are shown."""

OWNER_GUILD_SETTINGS: tuple[Setting[GuildSettings], ...] = (
    Setting(
        name="premium",
        scope=Scope.OWNER_GUILD,
        values=f"on, off, or {DEFAULT}",
        help="Whether this server's files are kept for as long as those of premium servers.",
        example="premium on",
        choices=("on", "off"),
        change=build_attribute_change("is_premium", parse_switch),
    ),
)
"""The settings of a guild, in the order in which they are shown."""
