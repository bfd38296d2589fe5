"""What is known of a download besides its events: read anew after a restart, and when it has ended."""

from datetime import datetime, timedelta
from uuid import UUID

import attrs

from boss_bot_core.app.app import App
from boss_bot_core.bot.cards.model import CardData
from boss_bot_core.bot.cards.registry import TrackedCard
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.messages import CardRecord, DeliveryRecord
from boss_bot_core.domain.progress import QueuePosition

ADOPTION_WINDOW = timedelta(hours=1)
"""A download that ended this long before a restart may lack its card's last edit."""


class CardRepository:
    """Reads for the board."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def load(self, item: DownloadItem) -> CardData:
        """Return all that is written down about `item`."""
        return await self.with_files(CardData(item=item))

    async def reload(self, item_id: UUID) -> CardData:
        """Return all that is written down about a download, as it is now."""
        return await self.load(await self._app.services.queue.reader.get(item_id))

    async def with_files(self, view: CardData) -> CardData:
        """Return `view` with the files that are kept, what was skipped, and where the files are in Discord."""
        async with self._app.services.database.connect() as tx:
            files = await tx.files.list_for_item(view.item.id)
            deliveries = await tx.deliveries.list_for_item(view.item.id)
        view = attrs.evolve(view, files=view.files or files, jump_url=_jump_url(view.item, deliveries))
        if view.skipped or not view.item.is_finished:
            return view
        record = await self._app.services.storage.read(view.item)
        return view if record is None else attrs.evolve(view, skipped=record.skipped)

    async def unfinished(self, now: datetime) -> list[TrackedCard]:
        """Return the cards of downloads that have not ended, or only just, with what is known of them."""
        async with self._app.services.database.connect() as tx:
            left = await tx.cards.list_unfinished(or_finished_since=now - ADOPTION_WINDOW)
        return [TrackedCard(record=record, data=await self.load(item)) for record, item in left]

    async def find_record(self, item_id: UUID) -> CardRecord | None:
        """Return where the download's card is, or None where it has none."""
        async with self._app.services.database.connect() as tx:
            return await tx.cards.find_for_item(item_id)

    async def list_messages(self, item_id: UUID) -> list[tuple[int, int]]:
        """Return channel and message of everything that was posted for the download, its card last."""
        async with self._app.services.database.connect() as tx:
            card = await tx.cards.find_for_item(item_id)
            deliveries = await tx.deliveries.list_for_item(item_id)
        sent = [(each.channel_id, each.message_id) for each in deliveries if each.message_id is not None]
        return [*sent, *([(card.channel_id, card.message_id)] if card else [])]

    async def delete_record(self, item_id: UUID) -> None:
        """Drop the record of a card that is gone."""
        async with self._app.services.database.begin() as tx:
            await tx.cards.delete(item_id)

    async def position(self, item_id: UUID) -> QueuePosition | None:
        """Return where the download waits, or None when it does not."""
        return await self._app.services.queue.reader.position(item_id)


def _jump_url(item: DownloadItem, deliveries: tuple[DeliveryRecord, ...]) -> str | None:
    first = next((each for each in deliveries if each.message_id is not None), None)
    if first is None:
        return None
    return f"https://discord.com/channels/{item.guild_id or '@me'}/{first.channel_id}/{first.message_id}"
