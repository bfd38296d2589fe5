"""The Discord messages of cards: how a card is posted, edited, deleted, answered with a ping and given reactions.

A card that answered an interaction is edited as an ordinary message too: the interaction's token expires after
15 minutes.
"""

import asyncio
from collections.abc import Awaitable, Sequence
from enum import Enum, auto

import aiohttp
import discord
from loguru import logger

from boss_bot_core.bot.api.errors import is_channel_closed
from boss_bot_core.bot.api.messages import reply_or_send
from boss_bot_core.bot.api.retry import new_nonce, retry_on_disconnect
from boss_bot_core.bot.cards.renderer import RenderedCard

REQUEST_TIMEOUT_S = 60.0
"""Maximum duration of one request, seconds, including its waits for rate limits."""

_REFUSALS = frozenset({400, 403})


class EditResult(Enum):
    """The result of a request for a message."""

    DONE = auto()
    GONE = auto()
    """The message or its channel no longer exists."""
    CLOSED = auto()
    """The channel is hidden from the bot, or it is a closed thread."""
    FORBIDDEN = auto()
    """The bot may not embed links, or the message can no longer be changed."""
    LATER = auto()
    """Discord is overloaded, limits the bot's rate, or cannot be reached."""


class CardMessages:
    """Sends requests for card messages through Discord's REST API.

    No method raises anything but a cancellation: each failure is returned as an `EditResult`.
    """

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    async def edit(self, channel_id: int, message_id: int, card: RenderedCard) -> EditResult:
        """Make a message show `card`, whatever it shows now."""
        message, no_mentions = self._message(channel_id, message_id), discord.AllowedMentions.none()
        return await _send(
            message.edit(content=card.content, embed=card.embed, view=card.view, allowed_mentions=no_mentions)
        )

    async def delete(self, channel_id: int, message_id: int) -> EditResult:
        """Delete a message of the bot."""
        return await _send(retry_on_disconnect(self._message(channel_id, message_id).delete))

    async def ping(self, channel_id: int, message_id: int, user_id: int, text: str) -> EditResult:
        """Reply to a message with `text`, which may mention only `user_id`."""
        allowed = discord.AllowedMentions(users=[discord.Object(user_id)], everyone=False, roles=False)
        return await _send(reply_or_send(self._message(channel_id, message_id), text, allowed_mentions=allowed))

    async def send_direct(self, user_id: int, text: str) -> EditResult:
        """Send `text` to a user's direct messages."""
        return await _send(self._send_direct(user_id, text, new_nonce()))

    async def _send_direct(self, user_id: int, text: str, nonce: int) -> None:
        channel = await self._client.create_dm(discord.Object(user_id))
        await retry_on_disconnect(lambda: channel.send(text, nonce=nonce, suppress_embeds=True))

    async def react(self, channel_id: int, message_id: int, emojis: Sequence[str]) -> EditResult:
        """Add reactions one by one; each costs a request."""
        for emoji in emojis:
            result = await _send(self._message(channel_id, message_id).add_reaction(emoji))
            if result is not EditResult.DONE:
                return result
        return EditResult.DONE

    def _message(self, channel_id: int, message_id: int) -> discord.PartialMessage:
        return self._client.get_partial_messageable(channel_id).get_partial_message(message_id)


async def _send(request: Awaitable[object]) -> EditResult:
    try:
        async with asyncio.timeout(REQUEST_TIMEOUT_S):
            await request
    except discord.HTTPException as error:
        logger.bind(action="card").debug(f"Discord refused a card's request: {error}")
        if is_channel_closed(error):
            return EditResult.CLOSED
        if isinstance(error, discord.NotFound):
            return EditResult.GONE
        return EditResult.FORBIDDEN if error.status in _REFUSALS else EditResult.LATER
    except (discord.DiscordException, aiohttp.ClientError, OSError, RuntimeError) as error:
        # RuntimeError: the client's session is closed, which happens only while the bot shuts down.
        logger.bind(action="card").debug(f"Discord did not take a card's request: {type(error).__name__}: {error}")
        return EditResult.LATER
    return EditResult.DONE
