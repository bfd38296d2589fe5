"""Real files that are too large: they land just below the limit, or a person is asked, or they come in another form."""

import resource
from pathlib import Path

import pytest

from boss_bot_core.plugin import ChoiceNeededError, DownloadOptions, FileTooLargeError
from boss_bot_media._settings import MediaSettings
from boss_bot_media.check import find_result_fault
from boss_bot_media.probe.reader import read_duration_s, read_probe
from boss_bot_media.testing import AAC, H264, ClipMaker, Converter

NOISE = ("-vf", "noise=alls=16:allf=t")
LARGE = (*H264, *NOISE, "-crf", "12", "-g", "15", "-c:a", "aac")
LOW = MediaSettings(min_height=90, min_video_kbps=20, preset="veryfast")


@pytest.fixture
def large(clips: ClipMaker) -> Path:
    """A clip of four seconds and some hundred kilobytes."""
    return clips.make("large.mp4", *LARGE, "-movflags", "+faststart", length_s=4)


@pytest.mark.parametrize("share", [0.6, 0.4, 0.25, 0.12])
def test_a_large_video_fills_the_limit(large: Path, converter: Converter, share: float) -> None:
    limit_bytes = int(large.stat().st_size * share)
    done = converter.run(large, limit_bytes=limit_bytes, settings=LOW)
    (result,) = done.files
    assert 0.9 * limit_bytes <= result.path.stat().st_size <= limit_bytes
    duration_s = read_duration_s(large)
    assert find_result_fault(result.path, limit_bytes, duration_s=duration_s, has_video=True, has_audio=True) is None
    assert result.thumbnail is not None


def test_a_picture_that_needs_less_stays_small(clips: ClipMaker, converter: Converter) -> None:
    key_frames_only = (*H264, "-crf", "2", "-g", "1", "-c:a", "aac")
    still = clips.make("still.mp4", *key_frames_only, picture="smptebars=s=160x90:r=15")
    limit_bytes = still.stat().st_size // 2
    done = converter.run(still, limit_bytes=limit_bytes, settings=LOW)
    assert done.files[0].path.stat().st_size < limit_bytes * 0.9
    assert "looks the same" in done.notes[0]


def test_below_the_floor_a_person_is_asked(large: Path, converter: Converter) -> None:
    with pytest.raises(ChoiceNeededError, match="less than 360 lines or 300 kbit/s") as caught:
        converter.run(large, limit_bytes=large.stat().st_size // 8)
    assert caught.value.choices == ("parts", "sound")


def test_parts_fit_and_together_last_as_long(large: Path, converter: Converter) -> None:
    limit_bytes = large.stat().st_size // 3
    done = converter.run(large, limit_bytes=limit_bytes, options=DownloadOptions(fit="parts"))
    lengths = [read_duration_s(file.path) for file in done.files]
    assert len(lengths) in {4, 5}
    assert sum(lengths) == pytest.approx(read_duration_s(large), abs=0.1 * len(lengths))
    for file in done.files:
        assert find_result_fault(file.path, limit_bytes, duration_s=None, has_video=True, has_audio=True) is None
    assert done.notes[0].endswith(f"It was cut into {len(lengths)} parts.")


def test_a_video_with_one_key_frame_is_encoded_for_its_parts(clips: ClipMaker, converter: Converter) -> None:
    single = clips.make("single.mp4", *H264, *NOISE, "-crf", "12", "-g", "999", "-c:a", "aac", length_s=6)
    limit_bytes = single.stat().st_size // 2
    done = converter.run(single, limit_bytes=limit_bytes, options=DownloadOptions(fit="parts"))
    assert len(done.files) > 1 or done.files[0].path.stat().st_size <= limit_bytes
    assert "key frames are too far apart" in done.notes[0]


def test_the_sound_alone_is_made_to_fit(large: Path, converter: Converter) -> None:
    limit_bytes = 22_000
    done = converter.run(large, limit_bytes=limit_bytes, options=DownloadOptions(fit="sound"))
    assert done.files[0].path.stat().st_size <= limit_bytes
    assert read_probe(done.files[0].path).duration_s == pytest.approx(4, abs=0.1)


@pytest.mark.parametrize(("seconds", "limit_bytes", "suffix"), [(6, 200_000, ".m4a"), (6, 40_000, ".ogg")])
def test_large_sound_gets_the_best_rate_that_fits(
    clips: ClipMaker, converter: Converter, seconds: int, limit_bytes: int, suffix: str
) -> None:
    tone = clips.folder / f"tone{seconds}.wav"
    noise = f"anoisesrc=d={seconds}:c=pink:r=44100"
    clips.run("-f", "lavfi", "-i", noise, "-metadata", "title=Noise", "-ac", "2", str(tone))
    done = converter.run(tone, limit_bytes=limit_bytes)
    (result,) = done.files
    assert result.path.suffix == suffix
    assert 0.6 * limit_bytes <= result.path.stat().st_size <= limit_bytes
    assert read_probe(result.path).duration_s == pytest.approx(seconds, abs=0.1)


def test_a_file_that_no_form_fits_is_refused(large: Path, converter: Converter) -> None:
    with pytest.raises(FileTooLargeError):
        converter.run(large, limit_bytes=2_000)


def test_of_several_files_the_others_are_delivered(large: Path, clips: ClipMaker, converter: Converter) -> None:
    small = clips.make("small.mp4", *H264, *AAC, "-movflags", "+faststart", length_s=1)
    huge = clips.make("huge.wav", "-map", "1:a", length_s=600)
    done = converter.run(small, huge, limit_bytes=100_000)
    assert [file.source for file in done.files] == [small]
    assert [skipped.name for skipped in done.skipped] == ["huge.wav"]


def test_a_file_that_stays_costs_little_time(clips: ClipMaker, converter: Converter) -> None:
    clip = clips.make("front.mp4", *LARGE, "-movflags", "+faststart", length_s=2)
    converter.run(clip)
    before = resource.getrusage(resource.RUSAGE_SELF)
    converter.run(clip)
    after = resource.getrusage(resource.RUSAGE_SELF)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 0.05
