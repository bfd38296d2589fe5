"""A full disk: who asks is told that the operator has been told, and so the operator is."""

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
from tests.pipeline.conftest import Bench


async def test_before_a_download(
    settings: Settings, site: RemoteSite, tmp_path: Path, logged_errors: list[str]
) -> None:
    full = attrs.evolve(settings, storage=attrs.evolve(settings.storage, min_free_disk_bytes=2**62))
    async with open_app(full) as app, app.dispatch():
        with pytest.raises(DiskFullError):
            await Bench(app, site, tmp_path / "out").submit("files/clip.mp4")
    assert logged_errors == ["Nothing is fetched until there is room: The bot's disk is nearly full.\n"]


async def test_within_a_download(bench: Bench, monkeypatch: pytest.MonkeyPatch, logged_errors: list[str]) -> None:
    def no_room(*_paths: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", no_room)
    item = await bench.submit("files/clip.mp4")
    tried = await bench.until(item, lambda current: current.error_type is not None)
    assert tried.error_type is ErrorType.DISK_FULL
    assert "disk_full: There is no room left in 'out'." in logged_errors[0]
