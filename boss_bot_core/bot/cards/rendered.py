"""A card as it is handed to Discord."""

import attrs
import discord

from boss_bot_core.bot.cards.model import CardModel
from boss_bot_core.bot.controls.button import view_of


@attrs.frozen(kw_only=True)
class RenderedCard:
    """A drawn card; two that look the same are equal.

    Attributes:
        model: What it says.
        content: Its text, when it is a plain one.
        embed: Its embed, else.
        with_buttons: Whether it has buttons for actions.
    """

    model: CardModel
    content: str | None
    embed: discord.Embed | None
    with_buttons: bool = True

    @property
    def view(self) -> discord.ui.View:
        """A fresh view, at every look: a sent one must never be used again. Without any button it is empty."""
        return view_of(self.model.item_id, self.model.buttons if self.with_buttons else (), self.model.jump_url)
