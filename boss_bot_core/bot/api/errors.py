"""What an exception of a request means: it passes, the message is too large, or the delivery has ended."""

import aiohttp
import discord

from boss_bot_core.delivery.deliverer import DeliveryForbiddenError, DeliveryRefusedError, DestinationGoneError
from boss_bot_core.errors import DownloadFailedError, NotFoundError

_TOO_LARGE_STATUS = 413
_TOO_MANY_STATUS = 429
_SERVER_STATUS = 500

_UNKNOWN_CHANNEL = 10_003
_SENTENCES = {
    20_009: "Discord's filter for explicit content does not let it through.",
    50_001: "I cannot see that channel any more.",
    50_007: "You do not take direct messages from me.",
    50_013: "I may not post files in that channel any more.",
    50_083: "That thread is archived.",
    200_000: "The server's AutoMod does not let it through.",
}
_FORBIDDEN = frozenset({50_001, 50_007, 50_013, 50_083})


def is_too_large(error: BaseException) -> bool:
    """Tell whether the message was refused for its size: with Discord's JSON, or with a page of the proxy before it."""
    return isinstance(error, discord.HTTPException) and error.status == _TOO_LARGE_STATUS


def is_transient(error: BaseException) -> bool:
    """Tell whether the same request may work later."""
    if isinstance(error, discord.HTTPException):
        return error.status == _TOO_MANY_STATUS or error.status >= _SERVER_STATUS
    return isinstance(error, discord.RateLimited | aiohttp.ClientError | ConnectionError | TimeoutError)


def to_delivery_error(error: Exception) -> DownloadFailedError | None:
    """Return the typed error for what does not pass; None for what nobody foresaw."""
    if isinstance(error, FileNotFoundError):
        return NotFoundError("The files are not kept any more.")
    if not isinstance(error, discord.HTTPException):
        return None
    if isinstance(error, discord.NotFound):
        gone = "The channel is gone." if error.code == _UNKNOWN_CHANNEL else "The message was deleted on its way."
        return DestinationGoneError(gone)
    if isinstance(error, discord.Forbidden) or error.code in _FORBIDDEN:
        return DeliveryForbiddenError(_SENTENCES.get(error.code, "Discord does not let me post there."))
    return DeliveryRefusedError(_SENTENCES.get(error.code, f"Discord did not take it (error {error.code})."))
