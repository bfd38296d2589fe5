"""Brings one card up to date: looks what there is to show, asks Discord once, and takes note of what it said."""

import attrs

from boss_bot_core.bot.cards.edit_scheduler import Clock
from boss_bot_core.bot.cards.message_api import CardSurface, Outcome
from boss_bot_core.bot.cards.model import JobView
from boss_bot_core.bot.cards.registry import Followed
from boss_bot_core.bot.cards.renderer import Drawer, RenderedCard
from boss_bot_core.bot.cards.repository import Memory
from boss_bot_core.bot.cards.update_rules import is_shown, placed
from boss_bot_core.domain.status import DownloadStatus


class Updater:
    """Updates followed cards.

    Args:
        memory: What is written down.
        drawer: Draws.
        surface: Discord.
        clock: The time.
    """

    def __init__(self, memory: Memory, drawer: Drawer, surface: CardSurface, clock: Clock) -> None:
        self._memory = memory
        self._drawer = drawer
        self._surface = surface
        self._clock = clock

    async def first(self, view: JobView, *, plain: bool) -> tuple[JobView, RenderedCard]:
        """Return what is known of a new download, and its first card."""
        view = await self._placed(view, None)
        return view, self._drawer.draw(view, await self._drawer.preferences(view.item), plain=plain)

    async def update(self, card: Followed) -> Outcome | None:
        """Edit the card if it has something new to show; None when Discord was not asked."""
        await self._look(card)
        status = card.view.item.status
        preferences = await self._drawer.preferences(card.view.item)
        if not is_shown(preferences.notification_level, card.shown_status, status):
            return None
        drawn = self._drawer.draw(card.view, preferences, plain=card.plain)
        if drawn == card.shown:
            card.shown_status = status
            return None
        outcome = await self._surface.edit(card.record.channel_id, card.record.message_id, drawn)
        if outcome is Outcome.DONE:
            card.shown, card.shown_status, card.failures = drawn, status, 0
        else:
            card.failures += 1
        return outcome

    async def _look(self, card: Followed) -> None:
        # Events may arrive while we look: only what was looked for is replaced.
        found = await self._placed(card.view, card)
        card.view = attrs.evolve(card.view, position=found.position, starts_at=found.starts_at, notice=found.notice)
        # What stood still for a while is promised anew.
        card.promised = (card.promised or found.starts_at) if found.position else None
        if card.view.item.status is DownloadStatus.COMPLETED and card.view.jump_url is None:
            kept = await self._memory.kept(card.view)
            card.view = attrs.evolve(card.view, files=kept.files, skipped=kept.skipped, jump_url=kept.jump_url)

    async def _placed(self, view: JobView, card: Followed | None) -> JobView:
        waits = view.item.status is DownloadStatus.QUEUED
        place = await self._memory.position(view.item.id) if waits else None
        return placed(view, place, self._clock.now(), card.promised if card else None)
