"""Uploads one message with files in one request, built from discord.py's own parts.

`Messageable.send` cannot do it: aiohttp's timeout of 300 s for a whole request is too short for a large file on a slow
line, and only the request itself accepts another timeout.
"""

import aiohttp
import discord
from discord.http import Route, handle_message_parameters

from boss_bot_core.bot.api.errors import is_reply_forbidden
from boss_bot_core.bot.delivery.message import OutgoingMessage
from boss_bot_core.delivery.plan import Batch

MIN_UPLOAD_RATE_BPS = 32 * 1024
"""The slowest line that an upload may need, bytes per second: it sets the timeout."""

BASE_TIMEOUT_S = 60.0
"""Added to the time of the transfer: for connecting, and for Discord to check the files, seconds."""

ALT_TEXT_LENGTH = 1024


def compute_timeout(size_bytes: int) -> aiohttp.ClientTimeout:
    """Return the timeout of a request of this size."""
    total_s = BASE_TIMEOUT_S + size_bytes / MIN_UPLOAD_RATE_BPS
    return aiohttp.ClientTimeout(total=total_s, sock_connect=BASE_TIMEOUT_S, sock_read=BASE_TIMEOUT_S)


async def upload(client: discord.Client, outgoing: OutgoingMessage) -> int:
    """Send the message and return its id; every attempt carries the same enforced nonce.

    Raises:
        discord.HTTPException: Discord's refusal.
        aiohttp.ClientError: The connection broke; the message may have arrived nevertheless.
        TimeoutError: Likewise.
        FileNotFoundError: A file is no longer stored.
    """
    try:
        return await _upload(client, outgoing, outgoing.reply_to)
    except discord.HTTPException as error:
        if not is_reply_forbidden(error):
            raise
        return await _upload(client, outgoing, None)


async def _upload(client: discord.Client, outgoing: OutgoingMessage, reply_to: int | None) -> int:
    channel_id = outgoing.record.channel_id
    reference: discord.types.message.MessageReference = discord.utils.MISSING
    if reply_to is not None:
        reply = discord.MessageReference(message_id=reply_to, channel_id=channel_id, fail_if_not_exists=False)
        reference = reply.to_message_reference_dict()
    with handle_message_parameters(
        content=outgoing.content,
        files=_files(outgoing.batch, spoiler=outgoing.spoiler),
        nonce=outgoing.record.nonce,
        allowed_mentions=discord.AllowedMentions.none(),
        message_reference=reference,
    ) as parameters:
        route = Route("POST", "/channels/{channel_id}/messages", channel_id=channel_id)
        timeout = compute_timeout(outgoing.batch.size_bytes)
        answer = await client.http.request(route, files=parameters.files, form=parameters.multipart, timeout=timeout)
    return int(answer["id"])


def _files(batch: Batch, *, spoiler: bool) -> list[discord.File]:
    opened: list[discord.File] = []
    try:
        for file in batch.files:
            alt_text = file.alt_text[:ALT_TEXT_LENGTH] if file.alt_text else None
            opened.append(discord.File(file.file_path, file.filename, spoiler=spoiler, description=alt_text))
    except OSError:
        for each in opened:
            each.close()
        raise
    return opened
