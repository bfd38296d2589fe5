"""What is kept of a user or a guild: counted, and deleted with everything that hangs on it."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import attrs
import pytest

from boss_bot_core.database import Database
from boss_bot_core.database.repositories.kept_data import OWNER_COLUMNS
from boss_bot_core.database.schema.downloads import METADATA
from boss_bot_core.domain.guilds import GuildSettings
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.media import DownloadedFile
from boss_bot_core.domain.messages import CardRecord, DeliveryRecord
from boss_bot_core.domain.preferences import PreferenceChoices
from boss_bot_core.domain.privacy import DataOwner, KeptData
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.domain.users import PermissionLevel, UserSettings
from boss_bot_core.queue.limits import to_item
from boss_bot_core.testing.store.base import build_new_download

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ALICE, BOB, GUILD, OTHER = 2**63 - 1, 10**17, 2**62, 10**18
_NOTHING = KeptData()


def owner_of(kind: str, number: int) -> DataOwner:
    return DataOwner(kind="user" if kind == "user" else "guild", id=number)


def build_file(item_id: UUID) -> DownloadedFile:
    return DownloadedFile(
        id=uuid4(),
        download_item_id=item_id,
        filename="clip.mp4",
        file_path=Path("/data/clip.mp4"),
        size_bytes=9,
        mime_type="video/mp4",
        created_at=NOW,
        expires_at=NOW + timedelta(hours=24),
        checksum="0",
        position=0,
    )


async def store(
    database: Database,
    user_id: int,
    guild_id: int,
    *,
    files: int = 0,
    ended: datetime | None = NOW,
    status: DownloadStatus = DownloadStatus.COMPLETED,
) -> DownloadItem:
    """Store a download with a card, a delivery and files."""
    item = to_item(build_new_download(user_id=user_id, guild_id=guild_id), NOW)
    item = item if ended is None else attrs.evolve(item, status=status, completed_at=ended)
    async with database.begin() as tx:
        await tx.items.insert(item)
        await tx.files.add([build_file(item.id) for _ in range(files)])
        await tx.cards.put(
            CardRecord(item_id=item.id, channel_id=1, message_id=item.id.int % 2**60, kind="message", created_at=NOW)
        )
        await tx.deliveries.put(
            DeliveryRecord(item_id=item.id, batch=0, batches=1, nonce="n", channel_id=1, created_at=NOW)
        )
    return item


async def store_settings(database: Database) -> None:
    async with database.begin() as tx:
        for user_id in (ALICE, BOB):
            await tx.users.put(UserSettings(user_id=user_id, created_at=NOW, max_file_size_mb=3))
            await tx.users.put_preferences(user_id, PreferenceChoices(max_retries=0))
        for guild_id in (GUILD, OTHER):
            await tx.guilds.put(GuildSettings(guild_id=guild_id))
            await tx.guild_traffic.add_bytes(guild_id, date(2026, 11, 22), 5)
            await tx.memberships.record_left([guild_id], NOW)


@pytest.mark.parametrize(("kind", "number", "settings"), [("user", ALICE, 2), ("guild", GUILD, 3)])
async def test_everything_of_an_owner_is_counted_and_deleted_and_nothing_of_others(
    database: Database, kind: str, number: int, settings: int
) -> None:
    owner, other = owner_of(kind, number), owner_of(kind, BOB if kind == "user" else OTHER)
    mine = [await store(database, ALICE, GUILD, files=2), await store(database, ALICE, GUILD, ended=None)]
    foreign = await store(database, BOB, OTHER, files=1)
    await store_settings(database)
    async with database.begin() as tx:
        assert await tx.kept_data.count(owner) == KeptData(
            downloads=2, unfinished=1, files=2, messages=4, settings=settings
        )
        assert {item.id for item in await tx.kept_data.list_items(owner)} == {item.id for item in mine}
        await tx.kept_data.delete_items(item.id for item in mine)
        await tx.kept_data.delete_settings(owner)
        assert await tx.kept_data.count(owner) == _NOTHING
        assert await tx.kept_data.count(other) == KeptData(downloads=1, files=1, messages=2, settings=settings)
        assert [item.id for item in await tx.kept_data.list_items(other)] == [foreign.id]


async def test_many_downloads_are_deleted_in_several_statements(database: Database) -> None:
    items = [to_item(build_new_download(user_id=ALICE), NOW) for _ in range(1200)]
    async with database.begin() as tx:
        for item in items:
            await tx.items.insert(item)
        await tx.kept_data.delete_items(item.id for item in items)
        assert await tx.kept_data.count(owner_of("user", ALICE)) == _NOTHING


def test_every_column_with_an_owner_is_known() -> None:
    """A new table with the id of a user or a guild must be part of the deletion."""
    hanging = {"download_items", "downloaded_files", "cards", "deliveries"}
    for kind, name in (("user", "user_id"), ("guild", "guild_id")):
        found = {table.name for table in METADATA.sorted_tables if name in table.columns} - hanging
        assert found == {column.table.name for column in OWNER_COLUMNS[kind]}
    owners = ("user", "guild", "author", "owner", "member", "requester")
    columns = [(table.name, each.name) for table in METADATA.sorted_tables for each in table.columns]
    ids = {name for table, name in columns if name.endswith("_id") and name.startswith(owners)}
    assert ids == {"user_id", "guild_id"}


async def list_history(database: Database, before: datetime, limit: int = 9) -> Sequence[UUID]:
    async with database.connect() as tx:
        return [item_id for item_id, _ in await tx.kept_data.list_history(before, limit=limit)]


async def test_the_history_has_only_what_ended_before_and_has_no_files(database: Database) -> None:
    old, older = NOW - timedelta(days=31), NOW - timedelta(days=40)
    failed = await store(database, ALICE, GUILD, ended=old, status=DownloadStatus.FAILED)
    first = await store(database, ALICE, GUILD, ended=older)
    await store(database, ALICE, GUILD, ended=older, files=1)
    await store(database, ALICE, GUILD, ended=None)
    await store(database, ALICE, GUILD, ended=NOW)
    cutoff = NOW - timedelta(days=30)
    assert await list_history(database, cutoff) == [first.id, failed.id]
    assert await list_history(database, cutoff, limit=1) == [first.id]


async def test_idle_users_lose_their_count_and_nothing_that_was_set(database: Database) -> None:
    old = NOW - timedelta(days=40)
    plain = {user_id: UserSettings(user_id=user_id, created_at=old, total_downloads=3) for user_id in range(1, 7)}
    users = [
        attrs.evolve(plain[1], last_download=old),
        plain[2],
        attrs.evolve(plain[3], last_download=NOW),
        attrs.evolve(plain[4], permission_level=PermissionLevel.ADMIN),
        attrs.evolve(plain[5], max_concurrent_downloads=1),
        attrs.evolve(plain[6], max_file_size_mb=1),
    ]
    async with database.begin() as tx:
        for user in users:
            await tx.users.put(user)
        assert await tx.kept_data.delete_idle_users(NOW - timedelta(days=30)) == 2
        assert [await tx.users.get(user_id) is None for user_id in range(1, 7)] == [True, True, *[False] * 4]
