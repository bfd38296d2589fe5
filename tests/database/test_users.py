"""User settings, preferences and download counts in the database."""

import asyncio
import json
from datetime import UTC, datetime, timedelta

import attrs
import pytest
import sqlalchemy as sa

from boss_bot_core.database import Database, DatabaseError
from boss_bot_core.domain.preferences import NO_CHOICES, BarStyle, NotificationPreference, PreferenceChoices
from boss_bot_core.domain.status import DownloadPriority, DownloadStatus
from boss_bot_core.domain.users import PermissionLevel, UserSettings
from boss_bot_core.queue.limits import to_item
from boss_bot_core.testing.store.base import build_new_download

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
ALICE, BOB = 2**63 - 1, 10**17
ALL_SET = UserSettings(
    user_id=ALICE,
    permission_level=PermissionLevel.PREMIUM,
    max_concurrent_downloads=4,
    max_file_size_mb=25,
    total_downloads=7,
    created_at=NOW,
    last_download=LATER,
)
CHOICES = PreferenceChoices(
    notification_level=NotificationPreference.NONE,
    progress_bar_style=BarStyle.DOTS,
    default_priority=DownloadPriority.LOW,
    mention_on_complete=False,
    auto_retry=False,
    max_retries=0,
)


async def test_settings_of_a_new_user_are_created_once(database: Database) -> None:
    async with database.begin() as tx:
        assert await tx.users.get(ALICE) is None
        created = await tx.users.get_or_create(ALICE, NOW)
        assert created == UserSettings(user_id=ALICE, created_at=NOW)
        assert await tx.users.get_or_create(ALICE, LATER) == created


async def test_settings_are_read_as_stored(database: Database) -> None:
    async with database.begin() as tx:
        await tx.users.get_or_create(ALICE, NOW)
        for settings in (ALL_SET, attrs.evolve(ALL_SET, max_file_size_mb=None, last_download=None)):
            await tx.users.put(settings)
            assert await tx.users.get(ALICE) == settings


async def test_preferences_are_read_as_stored(database: Database) -> None:
    async with database.begin() as tx:
        assert await tx.users.get_preferences(ALICE) is None
        for choices in (CHOICES, attrs.evolve(CHOICES, progress_bar_style=None), NO_CHOICES):
            await tx.users.put_preferences(ALICE, choices)
            assert await tx.users.get_preferences(ALICE) == choices
        assert await tx.users.get_preferences(BOB) is None


async def test_a_preference_of_a_newer_version_is_ignored(database: Database) -> None:
    async with database.begin() as tx:
        await tx.users.put_preferences(ALICE, CHOICES)
    newer = json.dumps({"max_retries": 2, "colour": "red"})
    async with database._engine.begin() as connection:
        await connection.execute(sa.text(f"UPDATE user_preferences SET choices = '{newer}'"))
    async with database.connect() as tx:
        assert await tx.users.get_preferences(ALICE) == PreferenceChoices(max_retries=2)


async def test_concurrently_completed_downloads_are_all_counted(database: Database) -> None:
    async def complete() -> None:
        async with database.begin() as tx:
            await tx.users.record_download(ALICE, LATER)

    await asyncio.gather(*(complete() for _ in range(8)))
    async with database.begin() as tx:
        await tx.users.put(attrs.evolve(ALL_SET, user_id=BOB))
        await tx.users.record_download(BOB, NOW)
        stored = await tx.users.get(ALICE)
        assert stored == UserSettings(user_id=ALICE, created_at=LATER, total_downloads=8, last_download=LATER)
        assert await tx.users.get(BOB) == attrs.evolve(ALL_SET, user_id=BOB, total_downloads=8, last_download=NOW)


@pytest.mark.parametrize(("status", "counted"), [("queued", 1), ("completed", 1), ("failed", 0), ("cancelled", 0)])
async def test_failed_and_cancelled_downloads_are_not_counted(database: Database, status: str, counted: int) -> None:
    item = attrs.evolve(to_item(build_new_download(user_id=ALICE), NOW), status=DownloadStatus(status))
    async with database.begin() as tx:
        await tx.items.insert(attrs.evolve(item, completed_at=LATER if item.is_finished else None))
        assert await tx.users.count_downloads_since(ALICE, NOW) == counted


async def test_downloads_are_counted_by_user_guild_and_time(database: Database) -> None:
    async with database.begin() as tx:
        for user, guild, when in [(ALICE, 1, NOW), (ALICE, 2, LATER), (BOB, 1, LATER), (ALICE, 1, LATER)]:
            await tx.items.insert(to_item(build_new_download(user_id=user, guild_id=guild), when))
        assert await tx.users.count_downloads_since(ALICE, NOW) == 3
        assert await tx.users.count_downloads_since(ALICE, LATER) == 2
        assert await tx.users.count_downloads_since(ALICE, LATER, guild_id=1) == 1
        assert await tx.users.count_downloads_since(ALICE, LATER + timedelta(seconds=1)) == 0


async def test_only_users_with_a_running_limit_are_read(database: Database) -> None:
    async with database.begin() as tx:
        await tx.users.get_or_create(BOB, NOW)
        await tx.users.put(ALL_SET)
        assert await tx.users.read_running_limits() == {ALICE: 4}


async def test_the_check_constraints_refuse_a_running_limit_of_zero(database: Database) -> None:
    async with database.begin() as tx:
        await tx.users.put(ALL_SET)
    with pytest.raises((DatabaseError, sa.exc.IntegrityError)):
        async with database._engine.begin() as connection:
            await connection.execute(sa.text("UPDATE users SET max_concurrent_downloads = 0"))
