"""A card as an embed with buttons: where the bot may embed links."""

import discord

from boss_bot_core.bot.cards.fitting import body_lines, fitted
from boss_bot_core.bot.cards.model import CardModel
from boss_bot_core.bot.cards.rendered import RenderedCard

_HEADING_LENGTH = 256
_DESCRIPTION_LENGTH = 4096


def render_embed(model: CardModel, *, with_buttons: bool = True) -> RenderedCard:
    """Draw `model` as an embed."""
    embed = discord.Embed(
        title=model.heading[:_HEADING_LENGTH],
        description=fitted(body_lines(model), model.footer, _DESCRIPTION_LENGTH),
        colour=discord.Colour(model.colour),
    )
    return RenderedCard(model=model, content=None, embed=embed, with_buttons=with_buttons)
