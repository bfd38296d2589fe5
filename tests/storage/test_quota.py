"""The space in use is measured for each unfinished download and each disk."""

from uuid import uuid4

import attrs

from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.storage import Quota, Storage, Usage
from boss_bot_core.storage.quota import measure_usage

PLENTY = Quota(temp_bytes=1, guild_daily_bytes=1, min_free_bytes=1)
NEVER_ENOUGH = attrs.evolve(PLENTY, temp_bytes=2**62)


async def test_the_files_of_each_unfinished_download_are_measured(storage: Storage, item: DownloadItem) -> None:
    first, second = item.id, uuid4()
    (await storage.open_temp(item) / "a.part").write_bytes(b"y" * 300)
    (await storage.open_temp(attrs.evolve(item, id=second)) / "b.part").write_bytes(b"y" * 20)
    usage = measure_usage(storage.layout, PLENTY)
    assert (usage.get_temp_bytes(first), usage.get_temp_bytes(second), usage.get_temp_bytes(uuid4())) == (300, 20, 0)
    assert usage.free_bytes == usage.temp_free_bytes > 0


async def test_stored_files_are_measured_only_where_the_disk_is_the_limit(storage: Storage) -> None:
    (storage.layout.downloads / "a.mp4").write_bytes(b"y" * 500)
    assert measure_usage(storage.layout, PLENTY).stored_bytes == 0
    assert measure_usage(storage.layout, NEVER_ENOUGH).stored_bytes == 500


def test_of_two_disks_the_fuller_one_counts() -> None:
    assert Usage(temp_free_bytes=7, stored_free_bytes=3).free_bytes == 3
    assert Usage(temp_free_bytes=3, stored_free_bytes=7).free_bytes == 3
