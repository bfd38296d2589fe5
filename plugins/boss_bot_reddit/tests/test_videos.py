"""Hosted videos: video and audio in one file, in the version that fits."""

from pathlib import Path

import av
import pytest

from boss_bot_core.plugin import DownloadOptions, FfmpegMissingError, FileTooLargeError, Progress
from boss_bot_gallerydl.testing import DownloadHarness
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
async def test_a_video_is_merged_with_its_audio(harness: DownloadHarness, case: str, expected: set[str]) -> None:
    result = await harness.fetch(url_of(case))
    (file,) = result.files
    assert tracks(file.path) == expected
    assert (file.kind, file.path.suffix, height(file.path)) == ("video", ".mp4", 360)
    assert list(harness.directory.iterdir()) == [file.path]
    assert result.media.duration_s == 2.0
    assert result.media.adult == (case == "over-18-video")
    assert any(isinstance(report, Progress) for report in harness.reports)


async def test_without_ffmpeg_only_a_video_without_sound_is_fetched(harness: DownloadHarness) -> None:
    with pytest.raises(FfmpegMissingError, match="no ffmpeg"):
        await harness.fetch(url_of("video"), ffmpeg=None)
    assert not list(harness.directory.iterdir())
    (file,) = (await harness.fetch(url_of("silent"), ffmpeg=None)).files
    assert tracks(file.path) == {"video"}


async def test_the_best_version_that_fits_the_destination_is_fetched(harness: DownloadHarness, site: MediaSite) -> None:
    small, large = (len(site.library.read(f"silent-{size}.mp4")) for size in ("320x180", "640x360"))
    sound = len(site.library.read("audio.m4a"))
    (file,) = (await harness.fetch(url_of("video"), target_file_size_bytes=sound + (small + large) // 2)).files
    assert height(file.path) == 180
    assert tracks(file.path) == {"video", "audio"}


async def test_a_video_above_the_maximum_is_too_large(harness: DownloadHarness) -> None:
    with pytest.raises(FileTooLargeError):
        await harness.fetch(url_of("video"), target_file_size_bytes=5000, max_file_size_bytes=10_000)
    assert not list(harness.directory.iterdir())


async def test_the_sizes_of_video_and_audio_are_added(harness: DownloadHarness, site: MediaSite) -> None:
    picture, sound = (len(site.library.read(name)) for name in ("silent-320x180.mp4", "audio.m4a"))
    limit = picture + sound // 2
    with pytest.raises(FileTooLargeError):
        await harness.fetch(url_of("video"), target_file_size_bytes=limit, max_file_size_bytes=limit)
    assert not list(harness.directory.iterdir())


async def test_a_lower_quality_is_fetched_on_request(harness: DownloadHarness) -> None:
    (file,) = (await harness.fetch(url_of("silent"), options=DownloadOptions(quality="360"))).files
    assert height(file.path) == 360
