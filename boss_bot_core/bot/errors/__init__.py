"""How every exception becomes a message: one registry, one desk that answers."""

from boss_bot_core.bot.errors.answer import ErrorAnswer
from boss_bot_core.bot.errors.refusals import (
    ClosedDirectMessagesError,
    MissingPermissionsError,
    NoLinkError,
    RefusedError,
    UnsupportedSiteError,
    WrongPlatformError,
)
from boss_bot_core.bot.errors.registry import answer_for

__all__ = [
    "ClosedDirectMessagesError",
    "ErrorAnswer",
    "MissingPermissionsError",
    "NoLinkError",
    "RefusedError",
    "UnsupportedSiteError",
    "WrongPlatformError",
    "answer_for",
]
