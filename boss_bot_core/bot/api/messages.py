"""Says something about a card in the channel: as a reply to it, or below it where the bot may not reply.

Looks for a message that was begun and may have arrived: after a crash, a cut connection, a lost answer.
"""

from datetime import datetime, timedelta
from typing import Any

import discord

from boss_bot_core.bot.api.retry import new_nonce, persistently
from boss_bot_core.bot.delivery.message import Parcel

_REPLY_NEEDS_HISTORY = 160_002


async def reply_to(
    card: discord.PartialMessage,
    text: str,
    *,
    allowed_mentions: discord.AllowedMentions,
    delete_after_s: float | None = None,
) -> None:
    """Post `text` once.

    Args:
        card: What it is about.
        text: What is said.
        allowed_mentions: Whom it may ping.
        delete_after_s: How long it stands, seconds; None: for good.

    Raises:
        discord.HTTPException: Discord's refusal.
        aiohttp.ClientError: The connection breaks again and again; likewise `ConnectionError` and `TimeoutError`.
    """
    extras: dict[str, Any] = {} if delete_after_s is None else {"delete_after": delete_after_s}
    extras |= {"nonce": new_nonce(), "allowed_mentions": allowed_mentions}
    try:
        await persistently(lambda: card.reply(text, mention_author=False, **extras))
    except discord.HTTPException as error:
        if error.code != _REPLY_NEEDS_HISTORY:
            raise
        await persistently(lambda: card.channel.send(text, **extras))


CLOCK_SKEW = timedelta(minutes=10)
"""How far this machine's clock may be ahead of Discord's."""

MOST_MESSAGES = 1000


async def find_sent(client: discord.Client, parcel: Parcel) -> int | None:
    """Return the message's id, or None where it is not in the channel.

    Where the bot may not read the channel's history, None as well: then only the nonce keeps it from arriving twice.

    Raises:
        discord.HTTPException: The channel is gone, or Discord does not answer.
    """
    sizes = [file.size_bytes for file in parcel.batch.files]
    channel = client.get_partial_messageable(parcel.record.channel_id)
    since: datetime = parcel.record.created_at - CLOCK_SKEW
    try:
        async for message in channel.history(after=since, limit=MOST_MESSAGES, oldest_first=True):
            is_own = client.user is not None and message.author.id == client.user.id
            # Names may have been changed on the way, sizes are not.
            if is_own and parcel.mark in message.content and [each.size for each in message.attachments] == sizes:
                return message.id
    except discord.Forbidden:
        return None
    return None
