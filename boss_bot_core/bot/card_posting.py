"""Posts a download's first card as the answer to whoever asked."""

import discord
from loguru import logger

from boss_bot_core.bot.api.retry import CONNECTION_ERRORS
from boss_bot_core.bot.cards.message_api import CardTarget, SentCard
from boss_bot_core.bot.cards.renderer import RenderedCard
from boss_bot_core.bot.cards.service import CardService
from boss_bot_core.bot.context import CommandContext
from boss_bot_core.domain.items import DownloadItem


async def post_card(cards: CardService, context: CommandContext, item: DownloadItem) -> None:
    """Answer `call` with the card; without Discord's help the download goes on without one.

    Raises:
        RefusedError: Its files could not be posted either.
    """
    try:
        await cards.post(item, _destination(context))
    except (discord.DiscordException, *CONNECTION_ERRORS) as error:
        # Its files are what was asked for, and they are sent when Discord is there again.
        logger.bind(action="card", job_id=item.short_id).warning("There is no card: {}", error)


def _destination(context: CommandContext) -> CardTarget:
    async def send(card: RenderedCard) -> SentCard:
        message: discord.Message = await context.post(card)
        return SentCard(channel_id=message.channel.id, message_id=message.id)

    if context.request_message_id is None:
        return CardTarget(send=send, kind="interaction", embeds=context.channel.can_embed)
    return CardTarget(send=send, request_message_id=context.request_message_id, embeds=context.channel.can_embed)
