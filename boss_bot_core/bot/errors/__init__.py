"""How every exception becomes a message: one registry, one desk that answers."""

from boss_bot_core.bot.errors.registry import ErrorAnswer, answer_for
from boss_bot_core.bot.exceptions import (
    ClosedDirectMessagesError,
    MissingPermissionsError,
    NoLinkError,
    RefusedError,
    UnsupportedSiteError,
    WrongPlatformError,
)

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
