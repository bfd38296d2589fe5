"""A card as plain text with buttons: where the bot may not embed links."""

from boss_bot_core.bot.cards.fitting import body_lines, fitted
from boss_bot_core.bot.cards.model import CardModel
from boss_bot_core.bot.cards.rendered import RenderedCard

_CONTENT_LENGTH = 2000


def render_plain(model: CardModel, *, with_buttons: bool = True) -> RenderedCard:
    """Draw `model` as text."""
    content = fitted([f"**{model.heading}**", *body_lines(model)], model.footer, _CONTENT_LENGTH)
    return RenderedCard(model=model, content=content, embed=None, with_buttons=with_buttons)
