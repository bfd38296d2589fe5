"""Which formats of a stream are chosen together."""

from typing import Any

import pytest

from boss_bot_core.domain.link import Quality
from boss_bot_core.plugin import DownloadOptions
from boss_bot_gallerydl.video_format import VideoFormat

SOUND = {"format_id": "a", "vcodec": "none", "acodec": "aac", "ext": "m4a", "filesize": 100}


def picture(height: int, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - a format has fields of every type
    return {"format_id": str(height), "vcodec": "h264", "acodec": "none", "ext": "mp4", "height": height, **more}


def sized(*sizes: int) -> list[dict[str, Any]]:
    return [SOUND, *(picture(number * 360, filesize=size) for number, size in enumerate(sizes, 1))]


def chosen(formats: list[dict[str, Any]], quality: Quality = "best", target: int = 10_000, **known: Any) -> str | None:  # noqa: ANN401
    selector = VideoFormat(DownloadOptions(quality=quality), target)
    for name, value in known.items():
        setattr(selector, name, value)
    found = next(selector({"formats": formats}), None)
    return found["format_id"] if found else None


@pytest.mark.parametrize(
    ("target", "expected"), [(10_000, "1080+a"), (5200, "1080+a"), (5100, "720+a"), (1200, "360+a"), (10, "360+a")]
)
def test_picture_and_sound_fit_the_target_together(target: int, expected: str) -> None:
    assert chosen(sized(1000, 2000, 4900), target=target) == expected


@pytest.mark.parametrize(("quality", "expected"), [("1080", "1080+a"), ("720", "720+a"), ("480", "360+a")])
def test_the_quality_asked_for_is_the_tallest(quality: Quality, expected: str) -> None:
    assert chosen(sized(1000, 2000, 4900), quality=quality) == expected


def test_where_all_are_taller_the_smallest_is_taken() -> None:
    assert chosen([SOUND, picture(1080), picture(2160)], quality="360") == "1080+a"


def test_a_silent_video_and_a_whole_one_stay_alone() -> None:
    assert chosen([picture(360)]) == "360"
    assert chosen([SOUND, picture(360, acodec="aac")]) == "360"


def test_nothing_to_see_is_nothing_to_choose() -> None:
    assert chosen([SOUND]) is None


def test_unknown_sizes_are_estimated_from_the_bitrate() -> None:
    formats = [picture(360, tbr=8), picture(720, tbr=80)]
    assert chosen(formats, target=20_000, duration_s=1.0) == "720"
    assert chosen(formats, target=20_000, duration_s=10.0) == "360"


def test_a_doubtful_estimate_is_measured() -> None:
    asked: list[str] = []

    def measure(url: str) -> int:
        asked.append(url)
        return 50_000

    formats = [picture(360, tbr=8, url="https://e.example/360"), picture(720, tbr=80, url="https://e.example/720")]
    assert chosen(formats, target=20_000, duration_s=1.0, measure=measure) == "360"
    assert asked == ["https://e.example/720"]
