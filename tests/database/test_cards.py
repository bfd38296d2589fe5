"""Card records: found by download and by message, and listed after a restart."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import attrs
import pytest

from boss_bot_core.database import Database, DatabaseError
from boss_bot_core.domain.items import Destination, DownloadItem
from boss_bot_core.domain.messages import CardRecord
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.queue.limits import to_item
from boss_bot_core.testing.store.base import build_new_download

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def build_card(item_id: UUID, message_id: int = 2**62) -> CardRecord:
    return CardRecord(
        item_id=item_id, channel_id=5, message_id=message_id, request_message_id=6, kind="interaction", created_at=NOW
    )


async def store_with_card(
    database: Database,
    status: DownloadStatus = DownloadStatus.QUEUED,
    *,
    ago_s: float = 0,
    message_id: int = 2**62,
) -> tuple[CardRecord, DownloadItem]:
    """Store a download, requested or finished `ago_s` before `NOW`, and its card."""
    item = attrs.evolve(to_item(build_new_download(), NOW - timedelta(seconds=ago_s)), status=status)
    if item.is_finished:
        item = attrs.evolve(item, completed_at=NOW - timedelta(seconds=ago_s))
    card = build_card(item.id, message_id)
    async with database.begin() as tx:
        await tx.items.insert(item)
        await tx.cards.put(card)
    return card, item


async def test_a_card_is_found_by_its_download_and_by_its_message(database: Database) -> None:
    card, item = await store_with_card(database)
    async with database.connect() as tx:
        assert await tx.cards.find_for_item(item.id) == card
        assert await tx.cards.find_by_message(5, 2**62) == card
        assert await tx.cards.find_by_message(6, 2**62) is None
        assert await tx.cards.find_for_item(uuid4()) is None


async def test_a_download_has_one_card_at_a_time(database: Database) -> None:
    _, item = await store_with_card(database)
    newer = attrs.evolve(build_card(item.id, 9), request_message_id=None, kind="message")
    async with database.begin() as tx:
        await tx.cards.put(newer)
    async with database.connect() as tx:
        assert await tx.cards.find_for_item(item.id) == newer
        assert await tx.cards.find_by_message(5, 2**62) is None


async def test_a_message_is_the_card_of_one_download(database: Database) -> None:
    await store_with_card(database)
    with pytest.raises(DatabaseError):
        await store_with_card(database)


async def test_a_card_requires_its_download(database: Database) -> None:
    with pytest.raises(DatabaseError):
        async with database.begin() as tx:
            await tx.cards.put(build_card(uuid4()))


async def test_deleting_a_card_keeps_its_download(database: Database) -> None:
    _, item = await store_with_card(database)
    async with database.begin() as tx:
        await tx.cards.delete(item.id)
    async with database.connect() as tx:
        assert await tx.cards.find_for_item(item.id) is None
        assert await tx.items.get(item.id) == item


async def test_cards_of_unfinished_downloads_are_listed_oldest_first(database: Database) -> None:
    waiting = await store_with_card(database, ago_s=10, message_id=1)
    older = await store_with_card(database, DownloadStatus.UPLOADING, ago_s=20, message_id=2)
    paused = await store_with_card(database, DownloadStatus.PAUSED, message_id=3)
    await store_with_card(database, DownloadStatus.COMPLETED, ago_s=15, message_id=4)
    async with database.begin() as tx:
        await tx.items.insert(to_item(build_new_download(), NOW))
    async with database.connect() as tx:
        assert await tx.cards.list_unfinished() == [older, waiting, paused]


async def test_cards_of_recently_finished_downloads_can_be_listed_too(database: Database) -> None:
    waiting = await store_with_card(database, message_id=1)
    recent = await store_with_card(database, DownloadStatus.FAILED, ago_s=60, message_id=2)
    await store_with_card(database, DownloadStatus.CANCELLED, ago_s=61, message_id=3)
    async with database.connect() as tx:
        assert await tx.cards.list_unfinished(or_finished_since=NOW - timedelta(seconds=60)) == [recent, waiting]


async def test_downloads_without_a_card_are_found(database: Database) -> None:
    channel, folder = Destination(kind="discord", target="5"), Destination(kind="folder", target="5")
    lost, old, in_folder = (
        attrs.evolve(to_item(build_new_download(), NOW - timedelta(seconds=ago_s)), destination=destination)
        for ago_s, destination in ((10, channel), (7200, channel), (10, folder))
    )
    async with database.begin() as tx:
        for item in (lost, old, in_folder):
            await tx.items.insert(item)
    async with database.connect() as tx:
        assert await tx.cards.list_items_without_card("discord", requested_since=NOW - timedelta(hours=1)) == [lost]
    async with database.begin() as tx:
        await tx.cards.put(build_card(lost.id))
    async with database.connect() as tx:
        assert await tx.cards.list_items_without_card("discord", requested_since=NOW - timedelta(hours=1)) == []
