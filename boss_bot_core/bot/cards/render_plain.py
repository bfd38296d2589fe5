"""A card as plain text with buttons: where the bot may not embed links."""

from boss_bot_core.bot.cards.model import CardModel
from boss_bot_core.bot.cards.render_embed import body_lines
from boss_bot_core.bot.cards.rendered import RenderedCard

_CONTENT_LENGTH = 2000


def render_plain(model: CardModel, *, with_buttons: bool = True) -> RenderedCard:
    """Draw `model` as text; what does not fit is left out from the end, the footer stays."""
    *body, footer = body_lines(model)
    lines = [f"**{model.heading}**", *body]
    while sum(len(line) + 1 for line in lines) + len(footer) > _CONTENT_LENGTH:
        lines.pop()
    return RenderedCard(model=model, content="\n".join([*lines, footer]), embed=None, with_buttons=with_buttons)
