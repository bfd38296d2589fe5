"""The error of a bug: in the bot's own code, in a plugin's, or in what a plugin's hook returns.

An exception without a type of ours that reaches the end of a hook or of a job is either a bug or an accident. A bug
depends on the code alone, so that another attempt would end the same way, and another plugin would hide it. Anything
else can depend on what a site, an engine or a service sent at that moment: it is an `EngineBrokenError`.
"""

from boss_bot_core.domain.errors import ErrorType
from boss_bot_core.errors.base import DownloadFailedError

BUGS = (AssertionError, AttributeError, NameError, NotImplementedError, TypeError)
"""Exceptions that mean a bug. An `ImportError` is none: a hook imports its engine, which the operator can repair."""


class InternalError(
    DownloadFailedError, code=ErrorType.UNKNOWN, advice="This is a bug: tell the bot's operator the job's id."
):
    """The bot or a plugin has a bug, or a plugin's hook returned something wrong."""


def find_bug(error: BaseException, plugin: str | None = None) -> InternalError | None:
    """Return the error for an exception that means a bug; None for any other exception.

    Args:
        error: The exception.
        plugin: The plugin whose hook raised it; None for the bot's own code.
    """
    if not isinstance(error, BUGS):
        return None
    owner = "The bot" if plugin is None else f"Plugin {plugin}"
    return InternalError(f"{owner} has a bug ({type(error).__name__}).")
