"""Refusals of commands: exceptions whose text is the whole message that the user reads."""

from collections.abc import Callable, Sequence
from functools import partial

from boss_bot_core.bot.language import LazyText, use_language
from boss_bot_core.bot.texts import commands as command_texts
from boss_bot_core.domain.guilds import DEFAULT_PREFIX
from boss_bot_core.domain.languages import ENGLISH
from boss_bot_core.errors import BossBotError


class CommandRefusedError(BossBotError):
    """A command cannot do what was asked; the text says why, and what to do instead.

    Args:
        text: The text, or a function that returns it for the prefix of typed commands. Both are translated only when
            the user reads them; the text of the exception, which is for the log, is English.
    """

    def __init__(self, text: LazyText | Callable[[str], str]) -> None:
        self._text = text
        with use_language(ENGLISH):
            super().__init__(self.to_text(DEFAULT_PREFIX))

    def to_text(self, prefix: str) -> str:
        """Return the message to the user, with commands as they are typed here."""
        return str(self._text) if isinstance(self._text, LazyText) else self._text(prefix)


class NoLinkError(CommandRefusedError):
    """The text of a download command has no link."""

    def __init__(self, command: str = "dl") -> None:
        super().__init__(partial(command_texts.no_link, command))


class UnknownWordsError(CommandRefusedError):
    """A download command has a word that is similar to an option, but no option."""

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__(lambda _prefix: f"❌ {command_texts.unknown_words(words)}")


class UnreadableMessageError(CommandRefusedError):
    """A link leads to a Discord message that is gone, or that the user or the bot cannot read."""

    def __init__(self) -> None:
        super().__init__(command_texts.UNREADABLE_MESSAGE)


class MissingPermissionsError(CommandRefusedError):
    """The bot lacks permissions to deliver in the channel."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(lambda _prefix: command_texts.bot_needs_permissions(names))


class ClosedDirectMessagesError(CommandRefusedError):
    """The bot is not a member of the place, and the user does not accept direct messages from it."""

    def __init__(self) -> None:
        super().__init__(command_texts.CLOSED_DIRECT_MESSAGES)


class UnsupportedSiteError(CommandRefusedError):
    """No plugin handles the site."""

    def __init__(self, host: str) -> None:
        super().__init__(partial(command_texts.unsupported_site, host))


class UnknownHostError(CommandRefusedError):
    """An address without `https://` is on a host that no plugin knows."""

    def __init__(self, host: str) -> None:
        super().__init__(lambda _prefix: command_texts.unknown_host(host))


class WrongPlatformError(CommandRefusedError):
    """The link of a platform's own command belongs to another site, or leads to no media on the platform's site."""

    def __init__(self, host: str, title: str, example: str) -> None:
        super().__init__(partial(command_texts.wrong_platform, host, title, example))
