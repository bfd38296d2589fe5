"""Looks for cards that were posted a moment before the bot ended, when nobody had written down yet where they are.

A card's last line names its download, so it is found in its channel after the restart, and followed like any other.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import aiohttp
import discord
from loguru import logger

from boss_bot_core.bot.api.messages import find_own_message
from boss_bot_core.bot.cards.service import CardService
from boss_bot_core.bot.texts import cards as card_texts
from boss_bot_core.concurrency import cancel_and_wait
from boss_bot_core.database import Database
from boss_bot_core.domain.clock import utc_now
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.messages import CardRecord

SEARCH_WINDOW = timedelta(hours=1)
"""A download that was asked for longer ago has had every chance of its card."""


@asynccontextmanager
async def recover_lost_cards(client: discord.Client, database: Database, board: CardService) -> AsyncIterator[None]:
    """Seek once, in the background: the bot's start does not wait for Discord."""
    seeking = asyncio.create_task(_recover(client, database, board), name="lost cards")
    try:
        yield
    finally:
        await cancel_and_wait(seeking)


async def _recover(client: discord.Client, database: Database, board: CardService) -> None:
    # The bot is not connected yet: whatever has no card by now lost it before.
    async with database.connect() as tx:
        items = await tx.cards.list_items_without_card("discord", requested_since=utc_now() - SEARCH_WINDOW)
    for item in items:
        try:
            record = await _find(client, item)
        except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
            logger.bind(action="card", job_id=item.short_id).info("Its card cannot be looked for: {!r}", error)
            continue
        if record is not None:
            async with database.begin() as tx:
                await tx.cards.put(record)
            await board.adopt(record)


async def _find(client: discord.Client, item: DownloadItem) -> CardRecord | None:
    mark = card_texts.footer(item.short_id, item.user_id)
    message = await find_own_message(client, int(item.destination.target), mark, item.created_at)
    if message is None:
        return None
    request = None if message.reference is None else message.reference.message_id
    return CardRecord(
        item_id=item.id,
        channel_id=message.channel.id,
        message_id=message.id,
        request_message_id=request,
        kind="message" if request is not None else "interaction",
        created_at=message.created_at,
    )
