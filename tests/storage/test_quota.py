"""Tests for the space limits: per guild and day, for unfinished downloads, and for free disk space."""

from uuid import uuid4

import attrs
import pytest

from boss_bot_core.domain.items import LOCAL_ID
from boss_bot_core.errors import DiskFullError, QuotaExceededError
from boss_bot_core.storage import Quota, Storage, StorageLayout, Usage
from boss_bot_core.storage.quota import check_quota, measure_usage

QUOTA = Quota(temp_bytes=1000, guild_daily_bytes=500, min_free_bytes=100)
EMPTY = Usage(temp_bytes=0, guild_day_bytes=0, free_bytes=10_000)
GUILD = 20


def test_usage_within_the_quota_is_accepted() -> None:
    check_quota(QUOTA, EMPTY, GUILD)
    check_quota(QUOTA, Usage(temp_bytes=900, guild_day_bytes=400, free_bytes=200), GUILD, incoming_bytes=100)


@pytest.mark.parametrize(("used", "incoming"), [(500, 0), (400, 101), (0, 501)])
def test_a_guild_has_a_daily_limit(used: int, incoming: int) -> None:
    usage = attrs.evolve(EMPTY, guild_day_bytes=used)
    with pytest.raises(QuotaExceededError):
        check_quota(QUOTA, usage, GUILD, incoming)
    check_quota(QUOTA, usage, LOCAL_ID, incoming)


@pytest.mark.parametrize(
    "usage",
    [attrs.evolve(EMPTY, temp_bytes=1000), attrs.evolve(EMPTY, free_bytes=99), attrs.evolve(EMPTY, temp_bytes=990)],
)
def test_the_limits_for_temporary_files_and_free_space_apply_to_all(usage: Usage) -> None:
    with pytest.raises(DiskFullError):
        check_quota(QUOTA, usage, LOCAL_ID, incoming_bytes=11)


async def test_the_usage_is_measured(storage: Storage, layout: StorageLayout) -> None:
    (await storage.open_temp(uuid4()) / "a.part").write_bytes(b"y" * 300)
    usage = measure_usage(layout, guild_day_bytes=1000)
    assert (usage.temp_bytes, usage.guild_day_bytes) == (300, 1000)
    assert usage.free_bytes > 0


async def test_the_storage_enforces_its_quota(storage: Storage) -> None:
    small = attrs.evolve(storage, quota=Quota(temp_bytes=10**9, guild_daily_bytes=1000, min_free_bytes=1))
    assert (await small.check_quota(GUILD, 999)).guild_day_bytes == 999
    with pytest.raises(QuotaExceededError, match="today"):
        await small.check_quota(GUILD, 1000)
    full = attrs.evolve(storage, quota=Quota(temp_bytes=10**9, guild_daily_bytes=10**9, min_free_bytes=2**62))
    with pytest.raises(DiskFullError):
        await full.check_quota(GUILD, 0)
