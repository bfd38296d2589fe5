"""What a plugin's own command learns of the operator's settings; the program leaves the way to it in the context."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Generic, cast

import attrs

from boss_bot_core.domain.sizes import parse_size
from boss_bot_core.plugin.declared_settings import SettingsT_co

if TYPE_CHECKING:
    import typer

READER_KEY: Final = "boss_bot_core.command_setup"
"""Where the program leaves its reader in the context's `meta`."""


@attrs.frozen(kw_only=True)
class CommandSetup(Generic[SettingsT_co]):
    """What the operator has set up for a command.

    Attributes:
        settings: The plugin's own settings; None if it declares none.
        ffmpeg: Path of the ffmpeg program, or None if the host has none.
    """

    settings: SettingsT_co = attrs.field(default=None, repr=False)
    ffmpeg: Path | None = None

    @staticmethod
    def parse_size(text: str) -> int:
        """Return the bytes of a size such as `10MB`, as the settings have them.

        Raises:
            ValueError: The text is not a size.
        """
        return parse_size(text)


def read_command_setup(context: "typer.Context", plugin: str) -> CommandSetup[Any]:
    """Return what the operator has set up, for a command that a plugin adds to `boss-bot`.

    Args:
        context: The command's context, which Typer gives to a parameter of this type.
        plugin: Name of the plugin.

    Raises:
        SettingsError: The operator's settings are wrong; the program shows it.
    """
    reader = cast("Callable[[str], CommandSetup[Any]]", context.meta[READER_KEY])
    return reader(plugin)
