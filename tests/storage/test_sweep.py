"""Tests for the sweep: it deletes only files that retention no longer keeps."""

import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boss_bot_core.domain.clock_history import ClockHistory, ClockReading
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.storage import Retention, RetentionState, Storage, StorageLayout, decide_retention_state
from boss_bot_core.storage.expiry import find_expired
from boss_bot_core.storage.scan import list_stored_folders, list_temp_folders
from boss_bot_core.storage.sweep import SweepReport, delete_set_aside, remove_empty_folders, set_aside
from tests.storage.conftest import BuildVerified

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def sweep(layout: StorageLayout) -> Callable[..., SweepReport]:
    """Return a function that sweeps at the time `later` from now."""

    def run(later: timedelta, states: dict[UUID, RetentionState] | None = None) -> SweepReport:
        clock = ClockHistory(last=ClockReading(wall=datetime.now(UTC) + later, uptime_s=0.0))
        folders = [*list_temp_folders(layout), *list_stored_folders(layout)]
        report = delete_set_aside(set_aside(find_expired(folders, Retention(), states or {}, clock)))
        remove_empty_folders(layout, clock)
        return report

    return run


Sweep = Callable[..., SweepReport]


def create_temp_files(layout: StorageLayout) -> UUID:
    item_id = uuid4()
    folder = layout.temp_folder(item_id) / "deep"
    folder.mkdir(parents=True)
    (folder / "video.mp4.part").write_bytes(b"x" * 1000)
    # Engines set the modification time to a value that the server sends.
    os.utime(folder / "video.mp4.part", (0, 0))
    return item_id


@pytest.mark.parametrize(
    ("state", "kept", "gone"),
    [
        (RetentionState.DELIVERED, None, 0 * MINUTE),
        (RetentionState.ENDED, 29 * MINUTE, 31 * MINUTE),
        (RetentionState.UNKNOWN, 59 * MINUTE, 61 * MINUTE),
        (RetentionState.RETRYABLE, 6 * HOUR - MINUTE, 6 * HOUR + MINUTE),
        (RetentionState.ALIVE, 1000 * HOUR, None),
    ],
)
def test_temporary_files_stay_for_the_period_of_their_state(
    layout: StorageLayout, sweep: Sweep, state: RetentionState, kept: timedelta | None, gone: timedelta | None
) -> None:
    item_id = create_temp_files(layout)
    if kept is not None:
        assert sweep(kept, {item_id: state}) == SweepReport()
        assert layout.temp_folder(item_id).exists()
    if gone is not None:
        assert sweep(gone, {item_id: state}) == SweepReport(deleted=(item_id,), freed_bytes=1000)
        assert not layout.temp_folder(item_id).exists()


@pytest.mark.parametrize(
    ("state", "kept", "gone"),
    [
        (RetentionState.DELIVERED, 24 * HOUR - MINUTE, 24 * HOUR + MINUTE),
        (RetentionState.UNKNOWN, 24 * HOUR - MINUTE, 24 * HOUR + MINUTE),
        (RetentionState.RETRYABLE, 6 * HOUR - MINUTE, 6 * HOUR + MINUTE),
        (RetentionState.ENDED, 6 * HOUR - MINUTE, 6 * HOUR + MINUTE),
        (RetentionState.ALIVE, 1000 * HOUR, None),
    ],
)
async def test_stored_files_stay_for_the_period_of_their_state(
    storage: Storage,
    layout: StorageLayout,
    item: DownloadItem,
    build_verified: BuildVerified,
    sweep: Sweep,
    state: RetentionState,
    kept: timedelta,
    gone: timedelta | None,
) -> None:
    (file,) = await storage.store(build_verified(b"meow"))
    await storage.discard_temp(item.id)
    assert sweep(kept, {item.id: state}) == SweepReport()
    assert file.file_path.exists()
    if gone is not None:
        report = sweep(gone, {item.id: state})
        assert report.deleted == (item.id,)
        assert report.freed_bytes > 4
        assert list(layout.downloads.rglob("*")) == []


async def test_a_folder_with_an_unreadable_record_expires(
    storage: Storage, layout: StorageLayout, item: DownloadItem, build_verified: BuildVerified, sweep: Sweep
) -> None:
    await storage.store(build_verified(b"meow"))
    await storage.discard_temp(item.id)
    (layout.download_folder(item) / "metadata.json").write_text("{", encoding="utf-8")
    assert sweep(23 * HOUR, {item.id: RetentionState.DELIVERED}) == SweepReport()
    assert sweep(25 * HOUR, {item.id: RetentionState.DELIVERED}).deleted == (item.id,)


async def test_leftovers_of_a_crash_are_swept_when_the_download_has_ended(
    storage: Storage, layout: StorageLayout, item: DownloadItem, build_verified: BuildVerified, sweep: Sweep
) -> None:
    await storage.store(build_verified(b"meow"))
    target = layout.download_folder(item)
    staging = layout.staging_folder(target)
    shutil.copytree(target, staging)
    sweep(2 * HOUR, {item.id: RetentionState.ALIVE})
    assert staging.exists()
    sweep(2 * HOUR, {item.id: RetentionState.DELIVERED})
    assert not staging.exists()
    assert target.exists()


def test_other_files_and_folders_are_not_swept(layout: StorageLayout, sweep: Sweep, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "keep").write_bytes(b"")
    others = [
        layout.temp / "notes",
        layout.downloads / "20" / "2026-01-01" / "x",
        layout.downloads / "20" / "20260101",
    ]
    for folder in others:
        folder.mkdir(parents=True)
    link = layout.temp / str(uuid4())
    link.symlink_to(tmp_path / "outside")
    assert sweep(1000 * HOUR) == SweepReport()
    assert all(folder.exists() for folder in others)
    assert (tmp_path / "outside" / "keep").exists()


def test_links_are_not_followed_and_folders_without_permissions_are_swept(
    layout: StorageLayout, sweep: Sweep, tmp_path: Path
) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "keep").write_bytes(b"")
    item_id = create_temp_files(layout)
    (layout.temp_folder(item_id) / "link").symlink_to(tmp_path / "outside")
    (layout.temp_folder(item_id) / "deep").chmod(0)
    assert sweep(2 * HOUR).deleted == (item_id,)
    assert (tmp_path / "outside" / "keep").exists()


def test_a_folder_that_cannot_be_deleted_does_not_stop_the_sweep(
    layout: StorageLayout, sweep: Sweep, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = sorted([create_temp_files(layout), create_temp_files(layout)], key=str)
    rmtree = shutil.rmtree

    def fail_for_first(path: Path) -> None:
        if path.name == f".{items[0]}.expired":
            raise PermissionError(13, "Permission denied")
        rmtree(path)

    monkeypatch.setattr(shutil, "rmtree", fail_for_first)
    report = sweep(2 * HOUR)
    assert report.deleted == (items[1],)
    assert report.failed == (f"{items[0]}: Permission denied",)


@pytest.mark.parametrize(
    ("status", "retryable", "state"),
    [
        (DownloadStatus.QUEUED, True, RetentionState.ALIVE),
        (DownloadStatus.PAUSED, False, RetentionState.ALIVE),
        (DownloadStatus.UPLOADING, False, RetentionState.ALIVE),
        (DownloadStatus.COMPLETED, True, RetentionState.DELIVERED),
        (DownloadStatus.FAILED, True, RetentionState.RETRYABLE),
        (DownloadStatus.FAILED, False, RetentionState.ENDED),
        (DownloadStatus.CANCELLED, True, RetentionState.ENDED),
    ],
)
def test_the_retention_state_depends_on_status_and_error(
    item: DownloadItem, status: DownloadStatus, *, retryable: bool, state: RetentionState
) -> None:
    assert decide_retention_state(attrs.evolve(item, status=status), retryable=retryable) is state


@given(st.sampled_from(RetentionState), st.timedeltas(min_value=timedelta(0)), st.timedeltas(min_value=timedelta(0)))
def test_an_expired_folder_stays_expired(state: RetentionState, age: timedelta, more: timedelta) -> None:
    older = min(timedelta.max - more, age) + more
    if Retention().is_temp_expired(state, age):
        assert Retention().is_temp_expired(state, older)
        assert state is not RetentionState.ALIVE
