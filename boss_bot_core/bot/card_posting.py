"""Posts a download's first card as the answer to whoever asked."""

import discord
from loguru import logger

from boss_bot_core.bot.api.retry import LOST
from boss_bot_core.bot.cards.registry import CardDestination, SentCard
from boss_bot_core.bot.cards.renderer import RenderedCard
from boss_bot_core.bot.cards.service import CardBoard
from boss_bot_core.bot.context import Call
from boss_bot_core.domain.items import DownloadItem


async def post_card(board: CardBoard, call: Call, item: DownloadItem) -> None:
    """Answer `call` with the card; without Discord's help the download goes on without one.

    Raises:
        RefusedError: Its files could not be posted either.
    """
    try:
        await board.post(item, _destination(call))
    except (discord.DiscordException, *LOST) as error:
        # Its files are what was asked for, and they are sent when Discord is there again.
        logger.bind(action="card", job_id=item.short_id).warning("There is no card: {}", error)


def _destination(call: Call) -> CardDestination:
    async def send(card: RenderedCard) -> SentCard:
        message: discord.Message = await call.post(card)
        return SentCard(channel_id=message.channel.id, message_id=message.id)

    if call.request_message_id is None:
        return CardDestination(send=send, kind="interaction", embeds=call.place.embeds)
    return CardDestination(send=send, request_message_id=call.request_message_id, embeds=call.place.embeds)
