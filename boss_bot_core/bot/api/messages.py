"""Replies to a message of the bot, and the search for one of its messages in a channel's history."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import discord

from boss_bot_core.bot.api.errors import is_reply_forbidden
from boss_bot_core.bot.api.retry import new_nonce, retry_on_disconnect


async def reply_or_send(
    card: discord.PartialMessage,
    text: str,
    *,
    allowed_mentions: discord.AllowedMentions,
    delete_after_s: float | None = None,
) -> None:
    """Reply to a card once; send without a reference where the bot may not read the channel's history.

    Args:
        card: The message to reply to.
        text: The text of the reply.
        allowed_mentions: The mentions that may ping.
        delete_after_s: Seconds after which the reply is deleted; None keeps it.

    Raises:
        discord.HTTPException: Discord refused it.
        aiohttp.ClientError: The connection breaks again and again; likewise `ConnectionError` and `TimeoutError`.
    """
    extras: dict[str, Any] = {} if delete_after_s is None else {"delete_after": delete_after_s}
    extras |= {"nonce": new_nonce(), "allowed_mentions": allowed_mentions}
    try:
        await retry_on_disconnect(lambda: card.reply(text, mention_author=False, **extras))
    except discord.HTTPException as error:
        if not is_reply_forbidden(error):
            raise
        await retry_on_disconnect(lambda: card.channel.send(text, **extras))


CLOCK_SKEW = timedelta(minutes=10)
"""How far this machine's clock may be ahead of Discord's."""

MAX_SEARCHED_MESSAGES = 1000


async def find_own_message(
    client: discord.Client, channel_id: int, mark: str, since: datetime, *, sizes: Sequence[int] | None = None
) -> discord.Message | None:
    """Return the bot's first message with `mark` in its text or in an embed, or None when the channel has none.

    Args:
        client: The client whose messages are searched.
        channel_id: The channel or thread.
        mark: Text that only this message contains.
        since: When the message was sent at the earliest, UTC, by this machine's clock.
        sizes: The sizes of its attachments in bytes, in order; None when they do not matter. Discord may change the
            names of attachments, but not their sizes.

    Raises:
        discord.Forbidden: The bot may not read the channel's history.
        discord.HTTPException: The channel is gone, or Discord does not answer.
    """
    channel = client.get_partial_messageable(channel_id)
    async for message in channel.history(after=since - CLOCK_SKEW, limit=MAX_SEARCHED_MESSAGES, oldest_first=True):
        is_own = client.user is not None and message.author.id == client.user.id
        texts = (message.content, *(embed.description or "" for embed in message.embeds))
        has_sizes = sizes is None or [each.size for each in message.attachments] == list(sizes)
        if is_own and has_sizes and any(mark in text for text in texts):
            return message
    return None
