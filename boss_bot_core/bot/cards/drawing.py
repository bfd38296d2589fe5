"""Draws a download's card as its requester wants it and as the place allows."""

from typing import Protocol

import attrs

from boss_bot_core.bot.cards.clock import Clock
from boss_bot_core.bot.cards.composing import card_of
from boss_bot_core.bot.cards.job_view import JobView
from boss_bot_core.bot.cards.render_embed import render_embed
from boss_bot_core.bot.cards.render_plain import render_plain
from boss_bot_core.bot.cards.rendered import RenderedCard
from boss_bot_core.bot.texts.errors import with_prefix
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.users import UserPreferences


class Preferences(Protocol):
    """Knows how people want to be told; `People` is one."""

    async def preferences(self, user_id: int, guild_id: int) -> UserPreferences:
        """Return what counts for a person in a server."""
        ...


class Drawer:
    """Draws cards.

    Args:
        people: Whose preferences count.
        clock: The time.
        prefix: What commands start with here.
        with_buttons: Whether cards have buttons for actions.
    """

    def __init__(self, people: Preferences, clock: Clock, prefix: str, *, with_buttons: bool) -> None:
        self._people = people
        self._clock = clock
        self._prefix = prefix
        self._with_buttons = with_buttons

    async def preferences(self, item: DownloadItem) -> UserPreferences:
        """Return what the download's requester wants."""
        return await self._people.preferences(item.user_id, item.guild_id)

    def draw(self, view: JobView, preferences: UserPreferences, *, plain: bool) -> RenderedCard:
        """Return the card; `plain` where the bot may not embed links."""
        model = card_of(view, self._clock.now(), preferences)
        lines = tuple(with_prefix(line, self._prefix) for line in model.lines)
        render = render_plain if plain else render_embed
        return render(attrs.evolve(model, lines=lines), with_buttons=self._with_buttons)
