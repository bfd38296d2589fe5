"""One message with files as one request, made with discord.py's own parts.

`Messageable.send` cannot do it: aiohttp's 300 s for a whole request are too short for a large file on a slow line, and
only the request itself takes another timeout.
"""

import aiohttp
import discord
from discord.http import Route, handle_message_parameters

from boss_bot_core.bot.api.errors import is_reply_forbidden
from boss_bot_core.bot.delivery.message import OutgoingMessage
from boss_bot_core.delivery.plan import Batch

MIN_UPLOAD_RATE_BPS = 32 * 1024
"""A line slower than this is not waited for, bytes per second."""

BASE_TIMEOUT_S = 60.0
"""Beside the transfer itself: to connect, and for Discord to look at the files."""

ALT_TEXT_LENGTH = 1024


def compute_timeout(size_bytes: int) -> aiohttp.ClientTimeout:
    """Return how long a request of this size may take."""
    total_s = BASE_TIMEOUT_S + size_bytes / MIN_UPLOAD_RATE_BPS
    return aiohttp.ClientTimeout(total=total_s, sock_connect=BASE_TIMEOUT_S, sock_read=BASE_TIMEOUT_S)


async def upload(client: discord.Client, parcel: OutgoingMessage) -> int:
    """Send the message and return its id; every try of it carries the same enforced nonce.

    Raises:
        discord.HTTPException: Discord's refusal.
        aiohttp.ClientError: The connection broke; it may have arrived all the same.
        TimeoutError: Likewise.
        FileNotFoundError: A file is not kept any more.
    """
    try:
        return await _upload(client, parcel, parcel.reply_to)
    except discord.HTTPException as error:
        if not is_reply_forbidden(error):
            raise
        return await _upload(client, parcel, None)


async def _upload(client: discord.Client, parcel: OutgoingMessage, reply_to: int | None) -> int:
    channel_id = parcel.record.channel_id
    reference: discord.types.message.MessageReference = discord.utils.MISSING
    if reply_to is not None:
        reply = discord.MessageReference(message_id=reply_to, channel_id=channel_id, fail_if_not_exists=False)
        reference = reply.to_message_reference_dict()
    with handle_message_parameters(
        content=parcel.content,
        files=_files(parcel.batch, veiled=parcel.spoiler),
        nonce=parcel.record.nonce,
        allowed_mentions=discord.AllowedMentions.none(),
        message_reference=reference,
    ) as message:
        route = Route("POST", "/channels/{channel_id}/messages", channel_id=channel_id)
        timeout = compute_timeout(parcel.batch.size_bytes)
        answer = await client.http.request(route, files=message.files, form=message.multipart, timeout=timeout)
    return int(answer["id"])


def _files(batch: Batch, *, veiled: bool) -> list[discord.File]:
    opened: list[discord.File] = []
    try:
        for file in batch.files:
            alt_text = file.alt_text[:ALT_TEXT_LENGTH] if file.alt_text else None
            opened.append(discord.File(file.file_path, file.filename, spoiler=veiled, description=alt_text))
    except OSError:
        for each in opened:
            each.close()
        raise
    return opened
