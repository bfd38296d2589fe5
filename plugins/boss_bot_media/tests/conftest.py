"""Fixtures: the ffmpeg of the tests, the maker of clips, and the plugin."""

from pathlib import Path

import pytest

from boss_bot_core.plugin import find_ffmpeg
from boss_bot_media.testing import ClipMaker, Converter


@pytest.fixture(scope="session")
def ffmpeg() -> Path:
    """The system's ffmpeg, or that of the package imageio-ffmpeg."""
    found = find_ffmpeg()
    assert found is not None
    return found


@pytest.fixture(scope="session")
def clips(ffmpeg: Path, tmp_path_factory: pytest.TempPathFactory) -> ClipMaker:
    """The maker of clips."""
    return ClipMaker(ffmpeg, tmp_path_factory.mktemp("clips"))


@pytest.fixture
def converter(ffmpeg: Path, tmp_path: Path) -> Converter:
    """The plugin with ffmpeg."""
    return Converter(ffmpeg, tmp_path / "converted")
