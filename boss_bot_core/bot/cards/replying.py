"""Says something about a card in the channel: as a reply to it, or below it where the bot may not reply."""

from typing import Any

import discord

from boss_bot_core.bot.sending import new_nonce, persistently

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
