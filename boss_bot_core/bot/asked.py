"""What a command asks for, as a value."""

import attrs

from boss_bot_core.bot.typed import TypedRequest
from boss_bot_core.domain.options import DownloadOptions


@attrs.frozen(kw_only=True)
class PlatformCommand:
    """A platform's own command.

    Attributes:
        plugin: The only plugin that may take the links.
        alias: The command without its prefix.
        title: The platform's name.
        example: A link that it takes.
    """

    plugin: str
    alias: str
    title: str
    example: str


@attrs.frozen(kw_only=True)
class Asked:
    """What a command asks for.

    Attributes:
        typed: Links and priority.
        options: Further wishes.
        platform: Only this platform's links are taken, or None.
    """

    typed: TypedRequest
    options: DownloadOptions = DownloadOptions()
    platform: PlatformCommand | None = None
