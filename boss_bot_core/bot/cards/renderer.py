"""A card as it is handed to Discord.

A card's lines within what Discord takes.
A card as an embed with buttons: where the bot may embed links.
A card as plain text with buttons: where the bot may not embed links.
Draws a download's card as its requester wants it and as the place allows.
"""

from typing import Protocol

import attrs
import discord

from boss_bot_core.bot.cards.content import build_card
from boss_bot_core.bot.cards.edit_scheduler import Clock
from boss_bot_core.bot.cards.model import CardData, CardModel
from boss_bot_core.bot.texts.errors import with_prefix
from boss_bot_core.bot.views.card_buttons import card_view
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.preferences import UserPreferences


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
        return card_view(self.model.item_id, self.model.buttons if self.with_buttons else (), self.model.jump_url)


def truncate_lines(lines: list[str], footer: str, length: int) -> str:
    """Return lines and footer in at most `length` characters: what does not fit is left out from the end of the lines.

    The progress comes first and is short: its block is never torn apart.
    """
    kept = list(lines)
    while sum(len(line) + 1 for line in kept) + len(footer) > length:
        kept.pop()
    return "\n".join([*kept, footer])


def body_lines(model: CardModel) -> list[str]:
    """Return everything between heading and footer."""
    title = [f"**{model.title}**"] if model.title else []
    block = ["```", *model.block, "```"] if model.block else []
    return [*title, *block, *model.lines]


_HEADING_LENGTH = 256
_DESCRIPTION_LENGTH = 4096


def render_embed(model: CardModel, *, with_buttons: bool = True) -> RenderedCard:
    """Draw `model` as an embed."""
    embed = discord.Embed(
        title=model.heading[:_HEADING_LENGTH],
        description=truncate_lines(body_lines(model), model.footer, _DESCRIPTION_LENGTH),
        colour=discord.Colour(model.colour),
    )
    return RenderedCard(model=model, content=None, embed=embed, with_buttons=with_buttons)


_CONTENT_LENGTH = 2000


def render_plain(model: CardModel, *, with_buttons: bool = True) -> RenderedCard:
    """Draw `model` as text."""
    content = truncate_lines([f"**{model.heading}**", *body_lines(model)], model.footer, _CONTENT_LENGTH)
    return RenderedCard(model=model, content=content, embed=None, with_buttons=with_buttons)


class Preferences(Protocol):
    """Knows how people want to be told; `AccessService` is one."""

    async def preferences(self, user_id: int, guild_id: int) -> UserPreferences:
        """Return what counts for a person in a server."""
        ...


class CardRenderer:
    """Draws cards.

    Args:
        access: Whose preferences count.
        clock: The time.
        prefix: What commands start with here.
        with_buttons: Whether cards have buttons for actions.
    """

    def __init__(self, access: Preferences, clock: Clock, prefix: str, *, with_buttons: bool) -> None:
        self._access = access
        self._clock = clock
        self._prefix = prefix
        self._with_buttons = with_buttons

    async def preferences(self, item: DownloadItem) -> UserPreferences:
        """Return what the download's requester wants."""
        return await self._access.preferences(item.user_id, item.guild_id)

    def render(self, data: CardData, preferences: UserPreferences, *, plain: bool) -> RenderedCard:
        """Return the card; `plain` where the bot may not embed links."""
        model = build_card(data, self._clock.now(), preferences)
        lines = tuple(with_prefix(line, self._prefix) for line in model.lines)
        render = render_plain if plain else render_embed
        return render(attrs.evolve(model, lines=lines), with_buttons=self._with_buttons)
