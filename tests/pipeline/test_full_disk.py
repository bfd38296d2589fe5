"""Tests for a full disk: the user gets an error, and the operator a log entry."""

import errno
import shutil
from pathlib import Path

import attrs
import pytest

from boss_bot_core.app import open_app
from boss_bot_core.domain.errors import ErrorType
from boss_bot_core.errors import DiskFullError
from boss_bot_core.settings import Settings
from boss_bot_sandbox.site import RemoteSite
from tests.pipeline.conftest import AppHarness


async def test_a_full_disk_before_a_download_refuses_it_and_is_logged(
    settings: Settings, site: RemoteSite, tmp_path: Path, logged_errors: list[str]
) -> None:
    full = attrs.evolve(settings, storage=attrs.evolve(settings.storage, min_free_disk_bytes=2**62))
    async with open_app(full) as app, app.dispatch():
        with pytest.raises(DiskFullError):
            await AppHarness(app, site, tmp_path / "out").submit("files/clip.mp4")
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
    assert "disk_full: There is no room left in 'out'." in logged_errors[0]
