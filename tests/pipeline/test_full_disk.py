"""Tests for a full disk: the user gets an error, and the operator a log entry."""

import asyncio
import errno
import shutil
from pathlib import Path

import attrs
import pytest

from boss_bot_core.app.app import open_app
from boss_bot_core.domain.errors import ErrorType
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.domain.storage import StorageErrorKind
from boss_bot_core.errors import DiskFullError
from boss_bot_core.settings import Settings
from boss_bot_core.storage import staging
from boss_bot_sandbox.site import RemoteSite
from tests.pipeline.conftest import AppHarness


async def wait_for_error(lines: list[str]) -> str:
    """Return the first logged error: an attempt is logged after it is recorded."""
    async with asyncio.timeout(10):
        while not lines:
            await asyncio.sleep(0.02)
    return lines[0]


async def test_a_full_disk_before_a_download_refuses_it_and_is_logged(
    settings: Settings, site: RemoteSite, tmp_path: Path, logged_errors: list[str]
) -> None:
    full = attrs.evolve(settings, storage=attrs.evolve(settings.storage, min_free_disk_bytes=2**62))
    async with open_app(full) as app, app.dispatch():
        with pytest.raises(DiskFullError):
            await AppHarness(app, site, tmp_path / "out").submit("files/clip.mp4")
        assert app.services.storage.errors.counts == {StorageErrorKind.DISK_FULL: 1}
    assert logged_errors == ["Nothing is fetched until there is room: The bot's disk is nearly full.\n"]


async def test_a_full_disk_during_a_download_fails_it_and_is_logged(
    harness: AppHarness, monkeypatch: pytest.MonkeyPatch, logged_errors: list[str]
) -> None:
    def raise_no_space(*_paths: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", raise_no_space)
    item = await harness.submit("files/clip.mp4")
    tried = await harness.wait_until(item, lambda current: current.error_type is not None)
    assert tried.error_type is ErrorType.DISK_FULL
    assert "disk_full: There is no room left in 'out'." in await wait_for_error(logged_errors)


async def test_a_download_on_a_full_disk_frees_its_files_and_works_once_there_is_room(
    harness: AppHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_and_raise_no_space(_source: Path, target: Path) -> None:
        target.write_bytes(b"the beginning")
        raise OSError(errno.ENOSPC, "No space left on device")

    layout = harness.app.services.storage.layout
    with monkeypatch.context() as full_disk:
        full_disk.setattr(staging, "link_or_copy", write_and_raise_no_space)
        item = await harness.submit("files/clip.mp4")
        tried = await harness.wait_until(item, lambda current: current.error_type is not None)
        assert not layout.temp_folder(item.id).exists()
        assert [path for path in layout.downloads.rglob("*") if path.is_file() and path.name != ".maintenance"] == []
    assert tried.error_type is ErrorType.DISK_FULL
    assert harness.app.services.storage.errors.counts == {StorageErrorKind.DISK_FULL: 1}
    await harness.wait_until(item, lambda current: current.status is DownloadStatus.COMPLETED)


@pytest.mark.parametrize(
    ("number", "code", "told"),
    [
        (errno.ENOSPC, "disk_full", "The bot's disk is full."),
        (errno.EDQUOT, "disk_full", "The bot has used up its quota of the disk."),
        (errno.EROFS, "unknown", "The bot's disk is read-only."),
        (errno.EIO, "unknown", "The bot's disk has a fault."),
    ],
)
async def test_each_trouble_of_the_disk_has_a_sentence_of_its_own_and_is_told_the_operator(
    harness: AppHarness,
    monkeypatch: pytest.MonkeyPatch,
    logged_errors: list[str],
    number: int,
    code: str,
    told: str,
) -> None:
    def raise_error(*_paths: object) -> None:
        raise OSError(number, "the disk")

    monkeypatch.setattr(staging, "link_or_copy", raise_error)
    item = await harness.submit("files/clip.mp4")
    tried = await harness.wait_until(item, lambda current: current.error_type is not None)
    assert tried.error_message == f"{told} Try again later; the bot's operator has been told in the log."
    assert f"{code}: {told}" in await wait_for_error(logged_errors)
