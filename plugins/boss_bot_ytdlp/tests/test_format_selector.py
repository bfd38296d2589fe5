"""The selected version: by codec, by the requested quality, and by the size of video and audio together."""

from pathlib import Path
from typing import Literal

import pytest

from boss_bot_core.plugin import (
    DownloadOptions,
    DownloadRequest,
    FfmpegMissingError,
    FileTooLargeError,
    NothingFoundError,
)
from boss_bot_ytdlp._format_selector import FormatSelector
from boss_bot_ytdlp._formats import Format, Version
from boss_bot_ytdlp._settings import YtdlpSettings

MB = 1_048_576
Quality = Literal["best", "1080", "720", "480", "360"]


def video(format_id: str, height: int, size_mb: float | None = None, **more: object) -> Format:
    size = None if size_mb is None else int(size_mb * MB)
    details = {"height": height, "width": height * 16 // 9, "vcodec": "avc1.64001f", "acodec": "none", "ext": "mp4"}
    return {"format_id": format_id, "protocol": "https", "filesize": size, **details, **more}


def audio(format_id: str, size_mb: float, **more: object) -> Format:
    kind = {"vcodec": "none", "acodec": "mp4a.40.2", "ext": "m4a", "protocol": "https"}
    return {"format_id": format_id, "filesize": int(size_mb * MB), **kind, **more}


def muxed(format_id: str, height: int, size_mb: float | None = None, **more: object) -> Format:
    return {**video(format_id, height, size_mb), "acodec": "mp4a.40.2", **more}


OPUS = {"acodec": "opus", "ext": "webm"}
VP9 = {"vcodec": "vp9", "ext": "webm"}


def select(
    *formats: Format,
    target_mb: float = 10,
    max_mb: float = 50,
    ffmpeg: bool = True,
    quality: Quality = "best",
    audio_only: bool = False,
    prefer_h264: bool = True,
) -> str:
    """Return the id of the selected format; `formats` are in yt-dlp's order, worst first."""
    request = DownloadRequest(
        url="https://media.example.com/x",
        media_key="x:1",
        directory=Path("/nowhere"),
        options=DownloadOptions(quality=quality, audio_only=audio_only),
        max_file_size_bytes=int(max_mb * MB),
        target_file_size_bytes=int(target_mb * MB),
        proxy_url="http://127.0.0.1:1",
        ffmpeg=Path("/usr/bin/ffmpeg") if ffmpeg else None,
        settings=YtdlpSettings(prefer_h264=prefer_h264),
        report=lambda event: None,
    )
    selected: list[Version] = []
    (chosen,) = FormatSelector(request, selected.append)({"formats": list(formats)})
    assert "+".join(part["format_id"] for part in selected[0]) == chosen["format_id"]
    return str(chosen["format_id"])


def test_the_sizes_of_video_and_audio_are_added() -> None:
    formats = (audio("aac", 2), video("small", 480, 5), video("large", 720, 9))
    assert select(*formats) == "small+aac"
    assert select(*formats, target_mb=11) == "large+aac"


def test_a_smaller_audio_is_preferred_to_a_smaller_video() -> None:
    formats = (audio("low", 0.5), audio("high", 2), video("small", 480, 5), video("large", 720, 9))
    assert select(*formats) == "large+low"


def test_h264_is_preferred_to_a_taller_video_in_another_codec() -> None:
    assert select(muxed("h264", 480, 3), muxed("vp9", 1080, 4, **VP9)) == "h264"


def test_the_operator_can_choose_the_tallest_video_of_any_codec() -> None:
    assert select(muxed("h264", 480, 3), muxed("vp9", 1080, 4, **VP9), prefer_h264=False) == "vp9"


HEVC, AV1 = {"vcodec": "hvc1.1.6.L93"}, {"vcodec": "av01.0.05M.08"}
HDR = {"dynamic_range": "HDR10"}


@pytest.mark.parametrize("prefer_h264", [True, False])
def test_of_two_equally_tall_videos_the_one_is_selected_that_more_players_show(*, prefer_h264: bool) -> None:
    formats = (
        muxed("h264", 720, 4),
        muxed("vp9", 720, 4, **VP9),
        muxed("hevc", 720, 4, **HEVC),
        muxed("av1", 720, 4, **AV1),
    )
    assert select(*formats, prefer_h264=prefer_h264) == "h264"
    assert select(*formats[1:], prefer_h264=prefer_h264) == "vp9"


@pytest.mark.parametrize("prefer_h264", [True, False])
def test_a_high_dynamic_range_comes_last(*, prefer_h264: bool) -> None:
    formats = (muxed("sdr", 480, 4, **VP9), muxed("hdr", 1080, 4, **VP9, **HDR))
    assert select(*formats, prefer_h264=prefer_h264) == "sdr"
    assert select(formats[1], prefer_h264=prefer_h264) == "hdr"
    assert select(muxed("sdr", 480, 20, **VP9), formats[1], prefer_h264=prefer_h264) == "hdr"


def test_h264_with_more_than_8_bits_is_not_preferred() -> None:
    assert select(muxed("deep", 480, 4, vcodec="avc1.6E0028"), muxed("vp9", 720, 4, **VP9)) == "vp9"


def test_an_mp4_with_an_unknown_codec_counts_as_h264() -> None:
    assert select(muxed("vp9", 1080, 4, **VP9), muxed("mp4", 720, 4, vcodec=None)) == "mp4"


def test_the_audio_codec_matches_the_video_unless_the_language_differs() -> None:
    audios = (audio("aac", 1), audio("opus", 1, **OPUS))
    assert select(*audios, video("p", 720, 3)) == "p+aac"
    assert select(*audios, video("p", 720, 3, **VP9)) == "p+opus"
    original = audio("opus", 1, **OPUS, language_preference=10)
    assert select(audio("aac", 1), original, video("p", 720, 3)) == "p+opus"


@pytest.mark.parametrize(("quality", "expected"), [("best", "1080"), ("720", "720"), ("480", "360"), ("360", "360")])
def test_the_requested_quality_is_an_upper_limit(quality: Quality, expected: str) -> None:
    assert select(muxed("360", 360, 1), muxed("720", 720, 2), muxed("1080", 1080, 3), quality=quality) == expected


def test_the_height_of_an_upright_video_is_its_shorter_side() -> None:
    assert select(muxed("low", 640, 1, width=360), muxed("high", 1280, 2, width=720), quality="720") == "high"


def test_if_all_formats_are_taller_the_smallest_is_selected() -> None:
    assert select(muxed("720", 720, 2), muxed("1080", 1080, 3), quality="360") == "720"


def test_if_no_format_fits_the_smallest_below_the_maximum_is_selected() -> None:
    assert select(muxed("small", 480, 20), muxed("large", 1080, 40)) == "small"


def test_if_the_smallest_format_is_above_the_maximum_it_is_too_large() -> None:
    with pytest.raises(FileTooLargeError, match=r"60\.0 MB; 50\.0 MB are allowed"):
        select(muxed("small", 480, 60), muxed("large", 1080, 90))


def test_an_estimated_size_may_exceed_the_maximum_by_a_factor() -> None:
    def estimated(size_mb: int) -> Format:
        return muxed("hls", 480, filesize_approx=size_mb * MB)

    assert select(estimated(80)) == "hls"
    with pytest.raises(FileTooLargeError):
        select(estimated(120))


def test_an_unknown_size_is_allowed() -> None:
    assert select(muxed("small", 360, 1), muxed("unknown", 720)) == "unknown"


def test_audio_only_selects_audio_or_a_video_with_audio() -> None:
    formats = (audio("aac", 2), muxed("muxed", 360, 5), video("p", 720, 9))
    assert select(*formats, audio_only=True) == "aac"
    assert select(muxed("muxed", 360, 5), video("silent", 720, 9), audio_only=True) == "muxed"


def test_a_video_without_audio_is_selected_only_if_no_format_has_audio() -> None:
    assert select(video("silent", 720, 3)) == "silent"
    assert select(muxed("muxed", 360, 3), video("silent", 720, 3)) == "muxed"


def test_a_post_with_audio_formats_only_is_fetched_as_audio() -> None:
    assert select(audio("low", 1), audio("high", 2)) == "high"


def test_without_ffmpeg_no_formats_are_merged() -> None:
    assert select(audio("aac", 1), muxed("muxed", 360, 2), video("p", 720, 3), ffmpeg=False) == "muxed"
    with pytest.raises(FfmpegMissingError, match="no ffmpeg"):
        select(audio("aac", 1), video("p", 720, 3), ffmpeg=False)


def test_without_ffmpeg_only_a_sound_of_its_own_is_fetched_as_audio() -> None:
    assert select(audio("aac", 1), muxed("muxed", 360, 2), ffmpeg=False, audio_only=True) == "aac"
    with pytest.raises(FfmpegMissingError, match="no ffmpeg"):
        select(muxed("muxed", 360, 2), ffmpeg=False, audio_only=True)


def test_storyboards_and_unproxied_protocols_are_ignored() -> None:
    storyboard = video("sb", 90, vcodec="none")
    with pytest.raises(NothingFoundError):
        select(storyboard, muxed("rtmp", 720, 3, protocol="rtmpe"))
