"""The video and audio formats that are selected together."""

from typing import Any

import pytest

from boss_bot_core.domain.link import Quality
from boss_bot_core.plugin import DownloadOptions, FfmpegMissingError
from boss_bot_gallerydl._format_selector import VideoFormatSelector

AUDIO = {"format_id": "a", "vcodec": "none", "acodec": "aac", "ext": "m4a", "filesize": 100}


def video(height: int, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - a format has fields of every type
    return {"format_id": str(height), "vcodec": "h264", "acodec": "none", "ext": "mp4", "height": height, **more}


def build_formats(*sizes: int) -> list[dict[str, Any]]:
    return [AUDIO, *(video(number * 360, filesize=size) for number, size in enumerate(sizes, 1))]


def select(formats: list[dict[str, Any]], quality: Quality = "best", target: int = 10_000, **known: Any) -> str | None:  # noqa: ANN401
    selector = VideoFormatSelector(DownloadOptions(quality=quality), target, has_ffmpeg=True)
    for name, value in known.items():
        setattr(selector, name, value)
    found = next(selector({"formats": formats}), None)
    return found["format_id"] if found else None


@pytest.mark.parametrize(
    ("target", "expected"), [(10_000, "1080+a"), (5200, "1080+a"), (5100, "720+a"), (1200, "360+a"), (10, "360+a")]
)
def test_video_and_audio_fit_the_target_together(target: int, expected: str) -> None:
    assert select(build_formats(1000, 2000, 4900), target=target) == expected


@pytest.mark.parametrize(("quality", "expected"), [("1080", "1080+a"), ("720", "720+a"), ("480", "360+a")])
def test_the_requested_quality_is_an_upper_limit(quality: Quality, expected: str) -> None:
    assert select(build_formats(1000, 2000, 4900), quality=quality) == expected


def test_of_two_equally_tall_videos_the_one_is_selected_that_every_player_shows() -> None:
    av1 = video(720, format_id="av1", vcodec="av01.0.05M.08")
    assert select([AUDIO, video(360), video(720), av1]) == "720+a"
    assert select([AUDIO, video(360), av1]) == "av1+a"


def test_a_high_dynamic_range_comes_last() -> None:
    hdr = video(1080, format_id="hdr", vcodec="vp9.2", dynamic_range="HDR10")
    assert select([AUDIO, video(360), video(720), hdr]) == "720+a"
    assert select([AUDIO, hdr]) == "hdr+a"


def test_a_video_for_mp4_gets_the_sound_that_an_mp4_can_have() -> None:
    opus = {**AUDIO, "format_id": "opus", "acodec": "opus", "ext": "webm"}
    assert select([AUDIO, opus, video(720)]) == "720+a"
    assert select([AUDIO, opus, video(720, vcodec="vp9", ext="webm")]) == "720+opus"


def test_if_all_formats_are_taller_the_smallest_is_selected() -> None:
    assert select([AUDIO, video(1080), video(2160)], quality="360") == "1080+a"


def test_without_ffmpeg_a_smaller_complete_video_is_selected() -> None:
    selector = VideoFormatSelector(DownloadOptions(), 10_000, has_ffmpeg=False)
    (found,) = selector({"formats": [AUDIO, video(360, acodec="aac"), video(720)]})
    assert (found["format_id"], selector.error) == ("360", None)


def test_without_ffmpeg_a_silent_video_is_selected_if_there_is_no_audio_at_all() -> None:
    selector = VideoFormatSelector(DownloadOptions(), 10_000, has_ffmpeg=False)
    (found,) = selector({"formats": [video(360)]})
    assert (found["format_id"], selector.error) == ("360", None)


def test_the_lack_of_ffmpeg_explains_one_file_only() -> None:
    selector = VideoFormatSelector(DownloadOptions(), 10_000, has_ffmpeg=False)
    assert list(selector({"formats": [AUDIO, video(360)]})) == []
    assert isinstance(selector.error, FfmpegMissingError)
    selector.start_file(lambda _: None)
    assert selector.error is None


def test_a_video_without_separate_audio_is_selected_alone() -> None:
    assert select([video(360)]) == "360"
    assert select([AUDIO, video(360, acodec="aac")]) == "360"


def test_without_a_video_nothing_is_selected() -> None:
    assert select([AUDIO]) is None


def test_unknown_sizes_are_estimated_from_the_bitrate() -> None:
    formats = [video(360, tbr=8), video(720, tbr=80)]
    assert select(formats, target=20_000, duration_s=1.0) == "720"
    assert select(formats, target=20_000, duration_s=10.0) == "360"


def test_an_uncertain_estimate_is_measured() -> None:
    asked: list[str] = []

    def measure(url: str) -> int:
        asked.append(url)
        return 50_000

    formats = [video(360, tbr=8, url="https://e.example/360"), video(720, tbr=80, url="https://e.example/720")]
    assert select(formats, target=20_000, duration_s=1.0, measure_size=measure) == "360"
    assert asked == ["https://e.example/720"]
