"""Recovery of lost cards: cards that were posted, but not recorded, before the bot stopped.

A card's footer names its download. After the restart the card is found in its channel and tracked like any other.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import aiohttp
import discord
from loguru import logger

from boss_bot_core.bot.api.messages import find_own_message
from boss_bot_core.bot.cards.repository import CardRepository
from boss_bot_core.bot.cards.service import CardService
from boss_bot_core.bot.texts import cards as card_texts
from boss_bot_core.concurrency import cancel_and_wait
from boss_bot_core.domain.clock import utc_now
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.messages import CardRecord

SEARCH_WINDOW = timedelta(hours=1)
"""Only downloads that were requested within this time before the start are searched for."""


@asynccontextmanager
async def recover_lost_cards(
    client: discord.Client, repository: CardRepository, cards: CardService
) -> AsyncIterator[None]:
    """Search once, in the background: the bot's start does not wait for Discord."""
    search = asyncio.create_task(_recover(client, repository, cards), name="lost cards")
    try:
        yield
    finally:
        await cancel_and_wait(search)


async def _recover(client: discord.Client, repository: CardRepository, cards: CardService) -> None:
    # The bot is not connected yet: a download without a card lost it before this start.
    for item in await repository.list_missing(utc_now() - SEARCH_WINDOW):
        try:
            record = await _find_card(client, item)
        except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
            logger.bind(action="card", job_id=item.short_id).info("Its card cannot be looked for: {!r}", error)
            continue
        if record is None:
            await cards.notices.note_lost_card(item.id)
        else:
            await cards.adopt(record)


async def _find_card(client: discord.Client, item: DownloadItem) -> CardRecord | None:
    mark = card_texts.footer_mark(item.short_id)
    message = await find_own_message(client, int(item.destination.target), mark, item.created_at)
    if message is None:
        return None
    request_id = None if message.reference is None else message.reference.message_id
    return CardRecord(
        item_id=item.id,
        channel_id=message.channel.id,
        message_id=message.id,
        request_message_id=request_id,
        kind="message" if request_id is not None else "interaction",
        created_at=message.created_at,
    )
