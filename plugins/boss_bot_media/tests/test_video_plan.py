"""The plan of a video as a pure function: its rules for any file, limit and setting, and the sentences."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boss_bot_media._settings import MediaSettings
from boss_bot_media.conditions import Capabilities, Conditions, Samples
from boss_bot_media.plan import ChoiceNeeded, Keep, Parts, Plan, Refuse, Remux, SoundOnly, Transcode
from boss_bot_media.planner import plan_file
from boss_bot_media.probe.model import ISO, MATROSKA, AudioTrack, Probe, VideoTrack
from boss_bot_media.video.ladder import HEIGHTS
from boss_bot_media.video.playability import judge_playability

TOOLS = Capabilities(encoders=frozenset({"libx264", "aac", "libopus"}))
MEGABYTE = 1_048_576

tracks = st.builds(
    VideoTrack,
    codec=st.sampled_from(["h264", "hevc", "av1", "vp9", "mpeg4"]),
    profile=st.sampled_from(["High", "Main", "High 10"]),
    pixel_format=st.sampled_from(["yuv420p", "yuv420p10le", "yuv444p"]),
    width=st.integers(16, 4096),
    height=st.integers(16, 4096),
    rotation=st.sampled_from([0, 0, 90, 180, -90]),
    pixel_aspect=st.sampled_from([1.0, 1.0, 16 / 11]),
    fps=st.floats(5, 120),
    is_variable_rate=st.booleans(),
    is_interlaced=st.booleans(),
    transfer=st.sampled_from(["sdr", "pq", "hlg"]),
)
sounds = st.builds(
    AudioTrack,
    codec=st.sampled_from(["aac", "opus", "mp3", "pcm_s16le"]),
    channels=st.integers(1, 6),
    rate_bps=st.integers(0, 1_500_000),
)
probes = st.builds(
    Probe,
    container=st.sampled_from([ISO, MATROSKA, "avi", "mpegts"]),
    brand=st.sampled_from(["isom", "qt", "webm"]),
    size_bytes=st.integers(1_000, 2_000 * MEGABYTE),
    duration_s=st.floats(0.1, 10_000),
    video=tracks,
    audio=st.none() | sounds,
    index_first=st.booleans(),
    has_location=st.booleans(),
)
samples = st.builds(
    Samples,
    width=st.integers(16, 1920),
    height=st.integers(16, 1080),
    fps=st.floats(5, 60),
    crf=st.just(26),
    rate_bps=st.floats(1_000, 50_000_000),
    cpu_share=st.floats(0.001, 20),
)
conditions = st.builds(
    Conditions,
    limit_bytes=st.integers(10_000, 100 * MEGABYTE),
    limits_by_kind=st.just({"video": 50 * MEGABYTE, "audio": 10 * MEGABYTE}),
    tools=st.sampled_from([TOOLS, Capabilities()]),
    fit=st.sampled_from([None, "convert", "parts", "sound"]),
    audio_only=st.booleans(),
    samples=st.none() | samples,
)


@given(probe=probes, given_conditions=conditions)
def test_every_plan_keeps_its_rules(probe: Probe, given_conditions: Conditions) -> None:
    plan = plan_file(probe, given_conditions)
    assert plan.reason.endswith(".")
    assert probe.video is not None
    fits = probe.size_bytes <= given_conditions.limit_bytes
    found = judge_playability(probe, probe.video)
    if isinstance(plan, Keep):
        assert fits
        assert not probe.has_location
        assert (found.picture_fault, found.sound_fault, found.container_fault) == (None, None, None)
    if isinstance(plan, Remux):
        assert fits
        assert found.picture_fault is None
    if isinstance(plan, ChoiceNeeded):
        assert plan.choices
        assert given_conditions.fit not in plan.choices
    if isinstance(plan, Parts):
        assert given_conditions.fit == "parts"
    if isinstance(plan, Transcode):
        check_picture(plan, probe, given_conditions)


def check_picture(plan: Transcode, probe: Probe, given_conditions: Conditions) -> None:
    """Check that a picture is even, no larger than the source, above the floor, and within the budget."""
    assert probe.video is not None
    picture, shown = plan.picture, probe.video.shown_size
    assert picture.width % 2 == picture.height % 2 == 0
    assert all(new <= max(2, old + 1) for new, old in zip((picture.width, picture.height), shown, strict=True))
    floor = min(360, *shown)
    assert min(picture.width, picture.height) >= floor - 1
    sound_bps = plan.sound.rate_bps if plan.sound is not None else 0
    if picture.rate_bps is not None:
        total_bytes = (picture.rate_bps + sound_bps) * probe.duration_s / 8
        assert total_bytes <= given_conditions.limit_for("video")
        fits = probe.size_bytes <= given_conditions.limit_bytes
        assert fits or picture.rate_bps >= 300_000 or given_conditions.samples is not None


@given(probe=probes, given_conditions=conditions)
def test_without_ffmpeg_nothing_is_encoded(probe: Probe, given_conditions: Conditions) -> None:
    plan = plan_file(probe, attrs.evolve(given_conditions, tools=Capabilities()))
    encodes = isinstance(plan, Transcode) or (isinstance(plan, Parts) and plan.picture is not None)
    sound = plan.sound if isinstance(plan, Remux | SoundOnly) else None
    assert not encodes
    assert sound is None or sound.codec == "copy"


GOOD = VideoTrack(codec="h264", profile="High", width=1920, height=1080)
CLIP = Probe(
    container=ISO,
    size_bytes=30 * MEGABYTE,
    duration_s=60,
    video=GOOD,
    audio=AudioTrack(codec="aac", rate_bps=128_000),
)
LIMIT = Conditions(limit_bytes=10 * MEGABYTE, tools=TOOLS)
USUAL = Samples(width=1280, height=720, fps=30, crf=26, rate_bps=2_000_000, cpu_share=0.5)


def plan_clip(changes: dict[str, object], track: dict[str, object], given_conditions: Conditions = LIMIT) -> Plan:
    video = attrs.evolve(GOOD, **track)  # type: ignore[arg-type]
    return plan_file(attrs.evolve(CLIP, video=video, **changes), given_conditions)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "track", "kind", "words"),
    [
        ({"size_bytes": 1000}, {}, Keep, "fits and plays"),
        ({"size_bytes": 1000, "index_first": False}, {}, Remux, "index is at the end"),
        ({"size_bytes": 1000, "has_location": True}, {}, Remux, "where it was recorded"),
        ({"size_bytes": 1000, "brand": "qt"}, {}, Remux, "MP4 is the container"),
        ({"size_bytes": 1000, "container": MATROSKA, "brand": "webm"}, {"codec": "vp9"}, Remux, "its sound is aac"),
        ({"size_bytes": 1000}, {"codec": "hevc"}, Transcode, "its picture is hevc"),
        ({"size_bytes": 1000}, {"pixel_format": "yuv422p"}, Transcode, "yuv422p"),
        ({"size_bytes": 1000}, {"profile": "High 10"}, Transcode, "High 10"),
        ({"size_bytes": 1000}, {"rotation": 90}, Transcode, "turning its picture"),
        ({"size_bytes": 1000}, {"transfer": "pq"}, Transcode, "HDR"),
        ({"size_bytes": 1000}, {"is_variable_rate": True}, Transcode, "frames last differently long"),
        ({"size_bytes": 1000}, {"is_interlaced": True}, Transcode, "interlaced"),
        ({}, {}, Transcode, "It has 30.0 MB, and 10.0 MB are allowed."),
        ({"duration_s": 3_000}, {}, ChoiceNeeded, "less than 360 lines or 300 kbit/s"),
        ({"size_bytes": 10**10, "duration_s": 9**9, "audio": None}, {}, Refuse, "less than 360 lines"),
    ],
)
def test_each_reason_has_its_plan(
    changes: dict[str, object], track: dict[str, object], kind: type[Plan], words: str
) -> None:
    plan = plan_clip(changes, track)
    assert isinstance(plan, kind)
    assert words in plan.reason


def test_a_smaller_limit_never_gives_a_larger_picture() -> None:
    heights = []
    for megabytes in (4, 6, 8, 10, 15, 20):
        plan = plan_clip({}, {}, Conditions(limit_bytes=megabytes * MEGABYTE, tools=TOOLS, samples=USUAL))
        assert isinstance(plan, Transcode)
        heights.append(plan.picture.height)
    assert heights == sorted(heights)
    assert set(heights) <= set(HEIGHTS)
    assert len(set(heights)) > 2


def test_a_high_frame_rate_is_halved_before_the_picture_becomes_too_small() -> None:
    plan = plan_clip({}, {"fps": 60.0}, Conditions(limit_bytes=8 * MEGABYTE, tools=TOOLS, samples=USUAL))
    assert isinstance(plan, Transcode)
    assert plan.picture.fps == 30


def test_a_slow_conversion_first_gets_a_faster_preset_and_then_asks() -> None:
    slower = attrs.evolve(USUAL, cpu_share=2.5)
    plan = plan_clip({}, {}, attrs.evolve(LIMIT, samples=slower))
    assert isinstance(plan, Transcode)
    assert plan.picture.preset == "veryfast"
    slowest = attrs.evolve(LIMIT, samples=attrs.evolve(USUAL, cpu_share=5))
    asked = plan_clip({}, {}, slowest)
    assert isinstance(asked, ChoiceNeeded)
    assert asked.choices == ("convert", "parts", "sound")
    assert "minutes of CPU time" in asked.reason
    assert isinstance(plan_clip({}, {}, attrs.evolve(slowest, fit="convert")), Transcode)
    assert isinstance(plan_clip({}, {}, attrs.evolve(slowest, settings=MediaSettings(ask_after_cpu_s=0))), Transcode)


def test_a_still_picture_may_have_a_rate_below_the_floor() -> None:
    lecture = attrs.evolve(USUAL, rate_bps=50_000, cpu_share=0.05)
    plan = plan_clip(
        {"duration_s": 600, "audio": None}, {}, attrs.evolve(LIMIT, limit_bytes=9 * MEGABYTE, samples=lecture)
    )
    assert isinstance(plan, Transcode)
