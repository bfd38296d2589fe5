"""What a failed request to Discord means: it may be repeated, the message is too large, or the delivery has failed."""

import aiohttp
import discord

from boss_bot_core.bot.texts import delivery as delivery_texts
from boss_bot_core.delivery.deliverer import DeliveryForbiddenError, DeliveryRefusedError, DestinationGoneError
from boss_bot_core.errors import DownloadFailedError, NotFoundError

_TOO_LARGE_STATUS = 413
_TOO_MANY_STATUS = 429
_SERVER_STATUS = 500

_UNKNOWN_CHANNEL = 10_003
_ALREADY_ACKNOWLEDGED = 40_060
_MISSING_ACCESS = 50_001
_CLOSED_THREAD = frozenset({50_083, 160_005})  # archived, locked
_FORBIDDEN = _CLOSED_THREAD | {_MISSING_ACCESS, 50_007, 50_013}
_REPLY_NEEDS_HISTORY = 160_002


def is_already_acknowledged(error: BaseException) -> bool:
    """Return whether an interaction was answered before.

    The connection broke after Discord had accepted the first answer, and discord.py does not know of it.
    """
    return isinstance(error, discord.HTTPException) and error.code == _ALREADY_ACKNOWLEDGED


def is_reply_forbidden(error: BaseException) -> bool:
    """Return whether only the reference to another message was refused: the bot may not read the channel's history."""
    return isinstance(error, discord.HTTPException) and error.code == _REPLY_NEEDS_HISTORY


def is_channel_closed(error: discord.HTTPException) -> bool:
    """Return whether the bot can change no message of the channel: it is hidden from the bot, or a closed thread."""
    return error.code in _CLOSED_THREAD | {_MISSING_ACCESS}


def is_sending_forbidden(error: discord.HTTPException) -> bool:
    """Return whether the bot may not send messages there."""
    return isinstance(error, discord.Forbidden) or error.code in _FORBIDDEN


def is_too_large(error: BaseException) -> bool:
    """Return whether a message was refused for its size: by Discord with JSON, or by its proxy with an HTML page."""
    return isinstance(error, discord.HTTPException) and error.status == _TOO_LARGE_STATUS


def is_transient(error: BaseException) -> bool:
    """Return whether the same request may succeed later."""
    if isinstance(error, discord.HTTPException):
        return error.status == _TOO_MANY_STATUS or error.status >= _SERVER_STATUS
    return isinstance(error, discord.RateLimited | aiohttp.ClientError | ConnectionError | TimeoutError)


def to_delivery_error(error: Exception) -> DownloadFailedError | None:
    """Return the typed error for a permanent failure; None for an exception that is a bug."""
    if isinstance(error, FileNotFoundError):
        return NotFoundError(delivery_texts.FILES_GONE)
    if not isinstance(error, discord.HTTPException):
        return None
    if isinstance(error, discord.NotFound):
        is_channel = error.code == _UNKNOWN_CHANNEL
        return DestinationGoneError(delivery_texts.CHANNEL_GONE if is_channel else delivery_texts.MESSAGE_GONE)
    if is_sending_forbidden(error):
        return DeliveryForbiddenError(delivery_texts.REFUSALS.get(error.code, delivery_texts.POSTING_FORBIDDEN))
    return DeliveryRefusedError(delivery_texts.REFUSALS.get(error.code) or delivery_texts.refused_reason(error.code))
