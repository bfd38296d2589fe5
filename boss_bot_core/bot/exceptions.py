"""What a command refuses before anything is queued; each text is the whole message that people read."""

from collections.abc import Sequence

from boss_bot_core.bot.texts.units import join_bold
from boss_bot_core.errors import BossBotError


class CommandRefusedError(BossBotError):
    """A command cannot do what was asked, and says why and what to do instead."""


class NoLinkError(CommandRefusedError):
    """There is no link in what was typed."""

    def __init__(self, command: str = "$dl") -> None:
        super().__init__(f"❌ I can't read a link in that. Example: `{command} https://…`")


class MissingPermissionsError(CommandRefusedError):
    """The bot may not deliver here."""

    def __init__(self, names: Sequence[str], where: str = "here") -> None:
        super().__init__(f"⚠ I need {join_bold(names)} {where}.")


class ClosedDirectMessagesError(CommandRefusedError):
    """The bot is no member where it was asked, and the person takes no direct messages from it."""

    def __init__(self) -> None:
        super().__init__(
            "⚠ I'm not a member here, and you take no direct messages from me. "
            "Allow them in your privacy settings, or use me where I'm a member."
        )


class UnsupportedSiteError(CommandRefusedError):
    """No plugin knows the site."""

    def __init__(self, host: str) -> None:
        super().__init__(f"❌ `{host}` isn't supported. `$dlh sites` lists what is.")


class WrongPlatformError(CommandRefusedError):
    """A platform's own command was given a link of another site, or one of its own site that leads to no media."""

    def __init__(self, host: str, title: str, example: str) -> None:
        super().__init__(
            f"❌ That `{host}` link isn't one to {title} that I can fetch, such as `{example}`. "
            "`$dl` takes every supported site."
        )
