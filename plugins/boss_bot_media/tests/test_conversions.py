"""Real clips of many kinds: what comes out fits, plays everywhere, lasts as long, and is not converted again."""

from pathlib import Path

import attrs
import pytest

from boss_bot_core.plugin import DownloadOptions
from boss_bot_media.check import find_result_fault
from boss_bot_media.conditions import Conditions
from boss_bot_media.plan import Keep
from boss_bot_media.planner import plan_file
from boss_bot_media.probe.reader import read_duration_s, read_probe
from boss_bot_media.testing import AAC, H264, ClipMaker, Converter

HDR = ("-vf", "setparams=color_primaries=bt2020:color_trc=smpte2084:colorspace=bt2020nc")
UNEVEN = "select='not(between(n,5,20))+not(mod(n,4))'"

COPIED = {
    "end.mp4": (*H264, *AAC),
    "clip.mkv": (*H264, *AAC),
    "clip.ts": (*H264, *AAC),
    "clip.flv": (*H264, *AAC),
    "clip.mov": (*H264, *AAC),
    "pcm.mov": (*H264, "-c:a", "pcm_s16le"),
    "vp9.mkv": (
        "-c:v",
        "libvpx-vp9",
        "-deadline",
        "realtime",
        "-cpu-used",
        "8",
        "-pix_fmt",
        "yuv420p",
        "-c:a",
        "libopus",
    ),
}
ENCODED = {
    "hevc.mp4": ("-c:v", "libx265", "-x265-params", "log-level=error", "-pix_fmt", "yuv420p", *AAC),
    "av1.mp4": ("-c:v", "libsvtav1", "-preset", "12", "-pix_fmt", "yuv420p", *AAC),
    "deep.mp4": ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p10le", *AAC),
    "wide.mp4": ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv422p", *AAC),
    "hdr.mp4": ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p10le", *HDR, *AAC),
    "odd.mp4": ("-vf", "crop=159:89", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv444p", *AAC),
    "uneven.mp4": ("-vf", UNEVEN, "-fps_mode", "vfr", *H264, *AAC),
    "uneven.mkv": ("-vf", UNEVEN, "-fps_mode", "vfr", *H264, *AAC),
    "old.avi": ("-c:v", "mpeg4", "-c:a", "mp3"),
    "silent.mpg": ("-c:v", "mpeg2video", "-r", "25", "-an"),
}


def check_plays(path: Path, source: Path, limit_bytes: int) -> None:
    """Check a result as a person would: it fits, lasts as long, and needs no further conversion."""
    probe, original = read_probe(path), read_probe(source)
    assert probe.duration_s == pytest.approx(read_duration_s(source), abs=0.15)
    assert (probe.audio is None) == (original.audio is None)
    assert isinstance(plan_file(probe, Conditions(limit_bytes=limit_bytes)), Keep)
    has_audio = original.audio is not None
    assert find_result_fault(path, limit_bytes, duration_s=None, has_video=True, has_audio=has_audio) is None


@pytest.mark.parametrize("name", COPIED)
def test_a_wrong_container_costs_no_quality(clips: ClipMaker, converter: Converter, name: str) -> None:
    source = clips.make(name, *COPIED[name])
    (result,) = converter.run(source).files
    assert result.path != source
    assert "copied" in converter.run(source).notes[0]
    check_plays(result.path, source, 10_000_000)


@pytest.mark.parametrize("name", ENCODED)
def test_what_does_not_play_everywhere_is_encoded(clips: ClipMaker, converter: Converter, name: str) -> None:
    source = clips.make(name, *ENCODED[name])
    done = converter.run(source)
    assert done.files[0].path != source
    assert "does not play everywhere" in done.notes[0]
    check_plays(done.files[0].path, source, 10_000_000)


def test_a_picture_turned_by_a_flag_is_turned_for_good(clips: ClipMaker, converter: Converter) -> None:
    plain, turned = clips.make("plain.mp4", *H264, *AAC), clips.folder / "turned.mp4"
    clips.run("-display_rotation", "90", "-i", str(plain), "-c", "copy", str(turned))
    (result,) = converter.run(turned).files
    track = read_probe(result.path).video
    assert track is not None
    assert (track.width, track.height, track.rotation) == (90, 160, 0)
    check_plays(result.path, turned, 10_000_000)


def test_hdr_becomes_sdr(clips: ClipMaker, converter: Converter) -> None:
    source = clips.make("hdr.mp4", *ENCODED["hdr.mp4"])
    original = read_probe(source).video
    assert original is not None
    assert original.transfer == "pq"
    result = read_probe(converter.run(source).files[0].path).video
    assert result is not None
    assert (result.transfer, result.pixel_format) == ("sdr", "yuv420p")


def test_wrong_names_do_not_matter(clips: ClipMaker, converter: Converter) -> None:
    source = clips.make("clip.mkv", *H264, *AAC).rename(clips.folder / "picture.jpg")
    (result,) = converter.run(source).files
    assert result.path.suffix == ".mp4"
    check_plays(result.path, source, 10_000_000)


def test_the_sound_alone_is_copied(clips: ClipMaker, converter: Converter) -> None:
    source = clips.make("plain.mp4", *H264, *AAC)
    done = converter.run(source, options=DownloadOptions(audio_only=True))
    assert done.files[0].path.suffix == ".m4a"
    assert read_probe(done.files[0].path).video is None


def test_progress_grows_to_the_end(clips: ClipMaker, converter: Converter) -> None:
    source = clips.make("hevc.mp4", *ENCODED["hevc.mp4"])
    converter.run(source)
    fractions = [report.fraction for report in converter.told]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1
    assert {attrs.astuple(report)[2:] for report in converter.told} == {(1, 1)}
