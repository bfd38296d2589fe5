"""The variant of a video that is selected."""

from typing import Any

import pytest

from boss_bot_core.domain.link import Quality
from boss_bot_core.plugin import DownloadOptions
from boss_bot_twitter._variants import VideoVariants

Sizes = tuple[tuple[int, int], ...]

BASE = "https://video.twimg.com/ext_tw_video/1/pu/vid/avc1"


def tweet(*sizes: tuple[int, int]) -> dict[str, Any]:
    files = [
        {"bitrate": width * height, "content_type": "video/mp4", "url": f"{BASE}/{width}x{height}/a.mp4"}
        for width, height in sizes
    ]
    stream = {"content_type": "application/x-mpegURL", "url": "https://video.twimg.com/a/pl/a.m3u8"}
    return {"legacy": {"extended_entities": {"media": [{"video_info": {"variants": [stream, *files]}}]}}}


def selected_urls(post: dict[str, Any]) -> list[str]:
    (media,) = post["legacy"]["extended_entities"]["media"]
    return [variant["url"] for variant in media["video_info"]["variants"]]


LANDSCAPE: Sizes = ((480, 270), (1280, 720), (640, 360), (1920, 1080))
UPRIGHT: Sizes = tuple((height, width) for width, height in LANDSCAPE)


LINES: dict[Quality, int] = {"best": 1080, "1080": 1080, "720": 720, "480": 360, "360": 360}


@pytest.mark.parametrize("quality", LINES)
@pytest.mark.parametrize("sizes", [LANDSCAPE, UPRIGHT])
def test_the_largest_variant_of_the_requested_quality_is_selected(quality: Quality, sizes: Sizes) -> None:
    post = tweet(*sizes)
    VideoVariants(DownloadOptions(quality=quality)).select_variant(post)
    (url,) = selected_urls(post)
    assert min(int(side) for side in url.split("/")[-2].split("x")) == LINES[quality]


def test_the_smaller_variants_are_remembered_largest_first() -> None:
    post, variants = tweet(*LANDSCAPE), VideoVariants(DownloadOptions(quality="720"))
    variants.select_variant(post)
    assert variants.get_smaller_urls(selected_urls(post)[0]) == [f"{BASE}/640x360/a.mp4", f"{BASE}/480x270/a.mp4"]
    assert variants.get_smaller_urls("https://elsewhere.example/a.mp4") == []


def test_if_all_variants_are_taller_the_smallest_is_selected() -> None:
    post = tweet((1920, 1080), (1280, 720))
    VideoVariants(DownloadOptions(quality="360")).select_variant(post)
    assert selected_urls(post) == [f"{BASE}/1280x720/a.mp4"]


def test_a_video_without_mp4_files_keeps_its_stream() -> None:
    post = tweet()
    VideoVariants(DownloadOptions()).select_variant(post)
    assert selected_urls(post) == ["https://video.twimg.com/a/pl/a.m3u8"]


@pytest.mark.parametrize(
    "post", [{}, {"legacy": {}}, {"legacy": {"extended_entities": {"media": [{"type": "photo"}]}}}]
)
def test_posts_without_videos_are_not_changed(post: dict[str, Any]) -> None:
    before = repr(post)
    VideoVariants(DownloadOptions()).select_variant(post)
    assert repr(post) == before
