"""The search for ffmpeg on this machine: the system's, the one of the extra, or none."""

import sys
from pathlib import Path

import imageio_ffmpeg
import pytest

from boss_bot_core.plugin import find_ffmpeg


@pytest.fixture
def bare_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder of programs, which is empty."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def test_the_system_s_ffmpeg_comes_first(bare_path: Path) -> None:
    program = bare_path / "ffmpeg"
    program.touch(0o700)
    assert find_ffmpeg() == program


def test_the_ffmpeg_of_the_extra_is_found_without_its_package_s_own_search(bare_path: Path) -> None:
    assert find_ffmpeg() == Path(imageio_ffmpeg.get_ffmpeg_exe())


def test_a_package_without_a_program_is_no_ffmpeg(bare_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # What pip builds where no wheel with a program exists.
    package = bare_path / "imageio_ffmpeg"
    (package / "binaries").mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "binaries" / "ffmpeg-readme").touch(0o600)
    monkeypatch.delitem(sys.modules, "imageio_ffmpeg", raising=False)
    monkeypatch.syspath_prepend(bare_path)
    assert find_ffmpeg() is None


def test_without_the_extra_there_is_none(bare_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "imageio_ffmpeg", None)
    assert find_ffmpeg() is None
