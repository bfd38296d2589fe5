"""Discord as the board sees it: edit a card, remove it, ping somebody. Every way it may fail is a value.

Cards are edited as messages, also those that answered an interaction: its token would die after 15 minutes.
"""

import asyncio
from collections.abc import Awaitable, Sequence
from enum import Enum, auto
from typing import Protocol

import aiohttp
import discord
from loguru import logger

from boss_bot_core.bot.api.messages import reply_or_send
from boss_bot_core.bot.api.retry import retry_on_disconnect
from boss_bot_core.bot.cards.renderer import RenderedCard

REQUEST_TIMEOUT_S = 60.0
"""How long one request may take, its waiting for rate limits included, seconds."""

_REFUSALS = frozenset({400, 403})


class EditResult(Enum):
    """What became of a request."""

    DONE = auto()
    GONE = auto()
    """The message or its channel is not there any more."""
    FORBIDDEN = auto()
    """A permission is missing, to embed links or to see the channel, or the message cannot be changed any more."""
    LATER = auto()
    """Discord is busy, limits us, or cannot be reached."""


class CardMessages(Protocol):
    """Where cards are. No method raises anything but a cancellation."""

    async def edit(self, channel_id: int, message_id: int, card: RenderedCard) -> EditResult:
        """Let a message look like `card`."""
        ...

    async def delete(self, channel_id: int, message_id: int) -> EditResult:
        """Delete a message of ours."""
        ...

    async def ping(self, channel_id: int, message_id: int, user_id: int, text: str) -> EditResult:
        """Reply to a message with `text`, which may mention nobody but `user_id`."""
        ...

    async def react(self, channel_id: int, message_id: int, emojis: Sequence[str]) -> EditResult:
        """Add reactions, as an offer to press them."""
        ...


class DiscordCardMessages:
    """The real thing."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    async def edit(self, channel_id: int, message_id: int, card: RenderedCard) -> EditResult:
        """Let a message look like `card`, whatever it looked like before."""
        edit = self._message(channel_id, message_id).edit(
            content=card.content, embed=card.embed, view=card.view, allowed_mentions=discord.AllowedMentions.none()
        )
        return await _outcome(edit)

    async def delete(self, channel_id: int, message_id: int) -> EditResult:
        """Delete a message of ours."""
        return await _outcome(retry_on_disconnect(self._message(channel_id, message_id).delete))

    async def ping(self, channel_id: int, message_id: int, user_id: int, text: str) -> EditResult:
        """Reply to a message with `text`, which may mention nobody but `user_id`."""
        allowed = discord.AllowedMentions(users=[discord.Object(user_id)], everyone=False, roles=False)
        return await _outcome(reply_or_send(self._message(channel_id, message_id), text, allowed_mentions=allowed))

    async def react(self, channel_id: int, message_id: int, emojis: Sequence[str]) -> EditResult:
        """Add reactions one by one; each costs a request."""
        for emoji in emojis:
            outcome = await _outcome(self._message(channel_id, message_id).add_reaction(emoji))
            if outcome is not EditResult.DONE:
                return outcome
        return EditResult.DONE

    def _message(self, channel_id: int, message_id: int) -> discord.PartialMessage:
        return self._client.get_partial_messageable(channel_id).get_partial_message(message_id)


async def _outcome(request: Awaitable[object]) -> EditResult:
    try:
        async with asyncio.timeout(REQUEST_TIMEOUT_S):
            await request
    except discord.NotFound:
        return EditResult.GONE
    except discord.HTTPException as error:
        logger.bind(action="card").debug(f"Discord refused a card's request: {error}")
        return EditResult.FORBIDDEN if error.status in _REFUSALS else EditResult.LATER
    except (discord.DiscordException, aiohttp.ClientError, OSError, RuntimeError) as error:
        # RuntimeError: the client's session is closed, which happens only while the bot ends.
        logger.bind(action="card").debug(f"Discord did not take a card's request: {type(error).__name__}: {error}")
        return EditResult.LATER
    return EditResult.DONE
