"""Brings one card up to date: looks what there is to show, asks Discord once, and takes note of what it said."""

import attrs

from boss_bot_core.bot.cards.edit_scheduler import Clock
from boss_bot_core.bot.cards.message_api import CardMessages, EditResult
from boss_bot_core.bot.cards.model import CardData
from boss_bot_core.bot.cards.registry import TrackedCard
from boss_bot_core.bot.cards.renderer import CardRenderer, RenderedCard
from boss_bot_core.bot.cards.repository import CardRepository
from boss_bot_core.bot.cards.update_rules import should_edit, with_queue_position
from boss_bot_core.domain.status import DownloadStatus


class CardUpdater:
    """Updates followed cards.

    Args:
        repository: What is written down.
        renderer: Draws.
        messages: Discord.
        clock: The time.
    """

    def __init__(
        self, repository: CardRepository, renderer: CardRenderer, messages: CardMessages, clock: Clock
    ) -> None:
        self._repository = repository
        self._renderer = renderer
        self._messages = messages
        self._clock = clock

    async def build_first(self, data: CardData, *, plain: bool) -> tuple[CardData, RenderedCard]:
        """Return what is known of a new download, and its first card."""
        data = await self._with_position(data, None)
        return data, self._renderer.render(data, await self._renderer.preferences(data.item), plain=plain)

    async def update(self, card: TrackedCard) -> EditResult | None:
        """Edit the card if it has something new to show; None when Discord was not asked."""
        await self._refresh(card)
        status = card.data.item.status
        preferences = await self._renderer.preferences(card.data.item)
        if not should_edit(preferences.notification_level, card.rendered_status, status):
            return None
        rendered = self._renderer.render(card.data, preferences, plain=card.plain)
        if rendered == card.rendered:
            card.rendered_status = status
            return None
        outcome = await self._messages.edit(card.record.channel_id, card.record.message_id, rendered)
        if outcome is EditResult.DONE:
            card.rendered, card.rendered_status, card.failures = rendered, status, 0
        else:
            card.failures += 1
        return outcome

    async def _refresh(self, card: TrackedCard) -> None:
        # Events may arrive while we look: only what was looked for is replaced.
        found = await self._with_position(card.data, card)
        card.data = attrs.evolve(card.data, position=found.position, starts_at=found.starts_at, notice=found.notice)
        # What stood still for a while is promised anew.
        card.first_estimate = (card.first_estimate or found.starts_at) if found.position else None
        if card.data.item.status is DownloadStatus.COMPLETED and card.data.jump_url is None:
            kept = await self._repository.with_files(card.data)
            card.data = attrs.evolve(card.data, files=kept.files, skipped=kept.skipped, jump_url=kept.jump_url)

    async def _with_position(self, data: CardData, card: TrackedCard | None) -> CardData:
        waits = data.item.status is DownloadStatus.QUEUED
        channel = await self._repository.position(data.item.id) if waits else None
        return with_queue_position(data, channel, self._clock.now(), card.first_estimate if card else None)
