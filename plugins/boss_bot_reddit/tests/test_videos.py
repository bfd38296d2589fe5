"""Hosted videos: picture and sound in one file, in the version that fits."""

from pathlib import Path

import av
import pytest

from boss_bot_core.plugin import DownloadOptions, FileTooLargeError, Progress
from boss_bot_gallerydl.testing import DownloadBench
from boss_bot_sandbox.site import MediaSite
from boss_bot_sandbox.site.reddit import post


def url_of(case: str) -> str:
    return f"https://www.reddit.com/comments/{post(case).id}"


def tracks(path: Path) -> set[str]:
    with av.open(str(path)) as container:
        return {stream.type for stream in container.streams}


def height(path: Path) -> int:
    with av.open(str(path)) as container:
        return container.streams.video[0].height


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ("video", {"video", "audio"}),
        ("crosspost", {"video", "audio"}),
        ("over-18-video", {"video", "audio"}),
        ("silent", {"video"}),
    ],
)
async def test_a_video_has_its_sound(bench: DownloadBench, case: str, expected: set[str]) -> None:
    result = await bench.fetch(url_of(case))
    (file,) = result.files
    assert tracks(file.path) == expected
    assert (file.kind, file.path.suffix, height(file.path)) == ("video", ".mp4", 360)
    assert list(bench.directory.iterdir()) == [file.path]
    assert result.media.duration_s == 2.0
    assert result.media.adult == (case == "over-18-video")
    assert any(isinstance(report, Progress) for report in bench.reports)


async def test_the_version_that_the_destination_takes_is_fetched(bench: DownloadBench, site: MediaSite) -> None:
    small, large = (len(site.library.read(f"silent-{size}.mp4")) for size in ("320x180", "640x360"))
    sound = len(site.library.read("audio.m4a"))
    (file,) = (await bench.fetch(url_of("video"), target_file_size_bytes=sound + (small + large) // 2)).files
    assert height(file.path) == 180
    assert tracks(file.path) == {"video", "audio"}


async def test_above_the_maximum_nothing_is_fetched(bench: DownloadBench) -> None:
    with pytest.raises(FileTooLargeError):
        await bench.fetch(url_of("video"), target_file_size_bytes=5000, max_file_size_bytes=10_000)
    assert not list(bench.directory.iterdir())


async def test_picture_and_sound_count_together(bench: DownloadBench, site: MediaSite) -> None:
    picture, sound = (len(site.library.read(name)) for name in ("silent-320x180.mp4", "audio.m4a"))
    limit = picture + sound // 2
    with pytest.raises(FileTooLargeError):
        await bench.fetch(url_of("video"), target_file_size_bytes=limit, max_file_size_bytes=limit)
    assert not list(bench.directory.iterdir())


async def test_a_lower_quality_is_taken_when_asked_for(bench: DownloadBench) -> None:
    (file,) = (await bench.fetch(url_of("silent"), options=DownloadOptions(quality="360"))).files
    assert height(file.path) == 360
