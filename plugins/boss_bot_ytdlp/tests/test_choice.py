"""Which version is fetched: by what plays, by wishes, and by what fits together."""

from pathlib import Path
from typing import Literal

import pytest

from boss_bot_core.plugin import (
    DownloadOptions,
    DownloadRequest,
    FileTooLargeError,
    NothingFoundError,
    UnsupportedUrlError,
)
from boss_bot_ytdlp._choice import VersionChoice
from boss_bot_ytdlp._versions import Format, Version

MB = 1_048_576
Quality = Literal["best", "1080", "720", "480", "360"]


def picture(format_id: str, height: int, size_mb: float | None = None, **more: object) -> Format:
    size = None if size_mb is None else int(size_mb * MB)
    shape = {"height": height, "width": height * 16 // 9, "vcodec": "avc1.64001f", "acodec": "none", "ext": "mp4"}
    return {"format_id": format_id, "protocol": "https", "filesize": size, **shape, **more}


def sound(format_id: str, size_mb: float, **more: object) -> Format:
    kind = {"vcodec": "none", "acodec": "mp4a.40.2", "ext": "m4a", "protocol": "https"}
    return {"format_id": format_id, "filesize": int(size_mb * MB), **kind, **more}


def full(format_id: str, height: int, size_mb: float | None = None, **more: object) -> Format:
    return {**picture(format_id, height, size_mb), "acodec": "mp4a.40.2", **more}


OPUS = {"acodec": "opus", "ext": "webm"}
VP9 = {"vcodec": "vp9", "ext": "webm"}


def choose(
    *formats: Format,
    target_mb: float = 10,
    max_mb: float = 50,
    ffmpeg: bool = True,
    quality: Quality = "best",
    audio_only: bool = False,
) -> str:
    """Return the chosen format's id; `formats` come in yt-dlp's order, worst first."""
    request = DownloadRequest(
        url="https://media.example.com/x",
        media_key="x:1",
        directory=Path("/nowhere"),
        options=DownloadOptions(quality=quality, audio_only=audio_only),
        max_file_size_bytes=int(max_mb * MB),
        target_file_size_bytes=int(target_mb * MB),
        proxy_url="http://127.0.0.1:1",
        ffmpeg=Path("/usr/bin/ffmpeg") if ffmpeg else None,
        report=lambda event: None,
    )
    told: list[Version] = []
    (chosen,) = VersionChoice(request, told.append)({"formats": list(formats)})
    assert "+".join(part["format_id"] for part in told[0]) == chosen["format_id"]
    return str(chosen["format_id"])


def test_picture_and_sound_are_counted_together() -> None:
    formats = (sound("aac", 2), picture("small", 480, 5), picture("large", 720, 9))
    assert choose(*formats) == "small+aac"
    assert choose(*formats, target_mb=11) == "large+aac"


def test_a_leaner_sound_is_taken_before_a_smaller_picture() -> None:
    formats = (sound("low", 0.5), sound("high", 2), picture("small", 480, 5), picture("large", 720, 9))
    assert choose(*formats) == "large+low"


def test_h264_is_preferred_to_more_lines_in_another_codec() -> None:
    assert choose(full("h264", 480, 3), full("vp9", 1080, 4, **VP9)) == "h264"


def test_an_mp4_that_says_nothing_of_its_codec_counts_as_h264() -> None:
    assert choose(full("vp9", 1080, 4, **VP9), full("mp4", 720, 4, vcodec=None)) == "mp4"


def test_the_sound_suits_the_picture_unless_the_language_differs() -> None:
    sounds = (sound("aac", 1), sound("opus", 1, **OPUS))
    assert choose(*sounds, picture("p", 720, 3)) == "p+aac"
    assert choose(*sounds, picture("p", 720, 3, **VP9)) == "p+opus"
    original = sound("opus", 1, **OPUS, language_preference=10)
    assert choose(sound("aac", 1), original, picture("p", 720, 3)) == "p+opus"


@pytest.mark.parametrize(("quality", "expected"), [("best", "1080"), ("720", "720"), ("480", "360"), ("360", "360")])
def test_the_wish_for_a_quality_is_an_upper_limit(quality: Quality, expected: str) -> None:
    assert choose(full("360", 360, 1), full("720", 720, 2), full("1080", 1080, 3), quality=quality) == expected


def test_a_phones_upright_picture_is_measured_by_its_shorter_side() -> None:
    assert choose(full("low", 640, 1, width=360), full("high", 1280, 2, width=720), quality="720") == "high"


def test_where_everything_is_finer_than_wished_the_coarsest_is_taken() -> None:
    assert choose(full("720", 720, 2), full("1080", 1080, 3), quality="360") == "720"


def test_where_nothing_fits_the_smallest_below_the_maximum_is_taken() -> None:
    assert choose(full("small", 480, 20), full("large", 1080, 40)) == "small"


def test_where_even_the_smallest_is_above_the_maximum_it_is_refused_at_once() -> None:
    with pytest.raises(FileTooLargeError, match=r"60\.0 MB; 50\.0 MB are allowed"):
        choose(full("small", 480, 60), full("large", 1080, 90))


def test_a_guessed_size_is_given_the_benefit_of_the_doubt_up_to_a_factor() -> None:
    def guessed(size_mb: int) -> Format:
        return full("hls", 480, filesize_approx=size_mb * MB)

    assert choose(guessed(80)) == "hls"
    with pytest.raises(FileTooLargeError):
        choose(guessed(120))


def test_an_unknown_size_is_allowed() -> None:
    assert choose(full("small", 360, 1), full("unknown", 720)) == "unknown"


def test_only_the_sound() -> None:
    formats = (sound("aac", 2), full("muxed", 360, 5), picture("p", 720, 9))
    assert choose(*formats, audio_only=True) == "aac"
    assert choose(full("muxed", 360, 5), picture("silent", 720, 9), audio_only=True) == "muxed"


def test_a_silent_picture_is_taken_only_where_no_version_has_sound() -> None:
    assert choose(picture("silent", 720, 3)) == "silent"
    assert choose(full("muxed", 360, 3), picture("silent", 720, 3)) == "muxed"


def test_a_post_of_sound_alone_is_fetched_as_sound() -> None:
    assert choose(sound("low", 1), sound("high", 2)) == "high"


def test_without_ffmpeg_nothing_is_chosen_that_has_to_be_joined() -> None:
    assert choose(sound("aac", 1), full("muxed", 360, 2), picture("p", 720, 3), ffmpeg=False) == "muxed"
    with pytest.raises(UnsupportedUrlError, match="no ffmpeg"):
        choose(sound("aac", 1), picture("p", 720, 3), ffmpeg=False)


def test_storyboards_and_protocols_that_pass_the_proxy_by_are_nothing() -> None:
    storyboard = picture("sb", 90, vcodec="none")
    with pytest.raises(NothingFoundError):
        choose(storyboard, full("rtmp", 720, 3, protocol="rtmpe"))
