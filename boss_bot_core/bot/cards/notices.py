"""Notices of the end of a download: the completion ping, and direct messages where no card can show a failure.

A card cannot show it when it was deleted, or when its channel is gone, hidden from the bot, or a closed thread.
"""

from collections import deque
from collections.abc import Sequence
from uuid import UUID

from loguru import logger

from boss_bot_core.access import AccessService
from boss_bot_core.bot.cards.edit_scheduler import Clock
from boss_bot_core.bot.cards.message_api import CardMessages, EditResult
from boss_bot_core.bot.cards.repository import CardRepository
from boss_bot_core.bot.cards.update_rules import should_ping
from boss_bot_core.bot.cards.updater import TrackedCard, refresh_preferences
from boss_bot_core.bot.texts import cards as card_texts
from boss_bot_core.bot.texts import notices as notice_texts
from boss_bot_core.bot.texts.escape import escape_title
from boss_bot_core.domain.events import JobCancelled, JobCompleted, JobFailed
from boss_bot_core.domain.items import LOCAL_ID, DownloadItem
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.pipeline.event_bus import Subscription

REMEMBERED_ENDS = 1000
"""Number of ends that are remembered as told; an end is told twice only within a moment."""


class RequesterNotices:
    """Tells requesters of an end, at most once for each run of a download. A lost notice is not sent again.

    Args:
        repository: Reads downloads.
        messages: Sends the notices.
        access: Reads the requesters' preferences, and the prefix of commands in direct messages.
        clock: The time.
    """

    def __init__(self, repository: CardRepository, messages: CardMessages, access: AccessService, clock: Clock) -> None:
        self._repository = repository
        self._messages = messages
        self._access = access
        self._clock = clock
        self._told: deque[tuple[UUID, int]] = deque(maxlen=REMEMBERED_ENDS)
        self._without_card: set[UUID] = set()

    async def note_lost_card(self, item_id: UUID) -> None:
        """Note that a download has no card, or no longer; if it has failed already, tell its requester now."""
        self._without_card.add(item_id)
        item = (await self._repository.reload(item_id)).item
        if item.status is DownloadStatus.FAILED:
            await self._tell_failed(item)
        if item.is_finished:
            self._without_card.discard(item_id)

    async def consume_events(self, events: Subscription) -> None:
        """Tell requesters of failures of downloads whose card is lost, until the subscription is closed."""
        async for event in events:
            is_end = isinstance(event, JobCancelled | JobCompleted | JobFailed)
            if is_end and event.item_id in self._without_card:
                self._without_card.discard(event.item_id)
                if isinstance(event, JobFailed):
                    await self._tell_failed(event.item)

    async def ping_completed(self, card: TrackedCard) -> None:
        """Ping the requester below the card of a completed download, if the requester wants that."""
        item = card.data.item
        if not card.is_end_untold or item.status is not DownloadStatus.COMPLETED or not self._select_untold([item]):
            return
        card.is_end_untold = False
        await refresh_preferences(card, self._access)
        if should_ping(card.preferences):
            text = card_texts.completion_ping(item.user_id, escape_title(card.data.title or "") or None)
            await self._messages.ping(card.record.channel_id, card.record.message_id, item.user_id, text)

    async def _tell_failed(self, item: DownloadItem) -> None:
        if self._select_untold([item]):
            prefix = self._access.prefixes.find(LOCAL_ID)
            await self._send(item.user_id, notice_texts.failed(item, self._clock.now(), prefix))

    async def tell_stopped(self, items: Sequence[DownloadItem], reason: str) -> None:
        """Tell each requester in one message which of `items` were stopped, and why."""
        untold = self._select_untold(items)
        for user_id in dict.fromkeys(item.user_id for item in untold):
            own = [item for item in untold if item.user_id == user_id]
            await self._send(user_id, notice_texts.stopped(own, reason))

    def _select_untold(self, items: Sequence[DownloadItem]) -> list[DownloadItem]:
        untold = [item for item in items if (item.id, item.claim) not in self._told]
        self._told.extend((item.id, item.claim) for item in untold)
        return untold

    async def _send(self, user_id: int, text: str) -> None:
        result = await self._messages.send_direct(user_id, text)
        if result is not EditResult.DONE:
            # The user takes no direct messages, or shares no server with the bot any more: there is no other way.
            logger.bind(action="notice").info("A direct message did not arrive: {}.", result.name)
