"""The plan of a file with sound alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boss_bot_media._settings import MediaSettings
from boss_bot_media.audio.rates import choose_sound_alone, choose_sound_beside_picture
from boss_bot_media.conditions import Capabilities, Conditions
from boss_bot_media.plan import Keep, Plan, Refuse, Remux, SoundOnly
from boss_bot_media.planner import plan_file
from boss_bot_media.probe.model import ISO, MATROSKA, AudioTrack, Probe

TOOLS = Capabilities(encoders=frozenset({"libx264", "aac", "libopus"}))
LIMIT = Conditions(limit_bytes=1_000_000, tools=TOOLS)


@pytest.mark.parametrize(
    ("container", "codec", "size_bytes", "kind"),
    [
        ("mp3", "mp3", 900_000, Keep),
        ("wav", "pcm_s16le", 900_000, Keep),
        ("flac", "flac", 900_000, Keep),
        ("ogg", "opus", 900_000, Keep),
        (ISO, "aac", 900_000, Keep),
        (MATROSKA, "aac", 900_000, Remux),
        (ISO, "alac", 900_000, SoundOnly),
        ("asf", "wmav2", 900_000, SoundOnly),
        ("wav", "pcm_s16le", 9_000_000, SoundOnly),
        ("mp3", "mp3", 9_000_000, SoundOnly),
    ],
)
def test_each_kind_of_sound_has_its_plan(container: str, codec: str, size_bytes: int, kind: type[Plan]) -> None:
    probe = Probe(container=container, size_bytes=size_bytes, duration_s=60, audio=AudioTrack(codec=codec))
    assert isinstance(plan_file(probe, LIMIT), kind)


def test_nothing_is_converted_that_the_operator_excludes() -> None:
    probe = Probe(container="wav", size_bytes=9_000_000, duration_s=60, audio=AudioTrack(codec="pcm_s16le"))
    settings = MediaSettings(kinds=("image",))
    assert isinstance(plan_file(probe, Conditions(limit_bytes=1_000, settings=settings)), Keep)


def test_hours_of_sound_in_a_small_limit_are_refused() -> None:
    probe = Probe(container="wav", size_bytes=10**9, duration_s=10_000, audio=AudioTrack(codec="pcm_s16le"))
    plan = plan_file(probe, LIMIT)
    assert isinstance(plan, Refuse)
    assert "Even its sound alone would not fit" in plan.reason


@given(
    duration_s=st.floats(0.1, 10_000),
    limit_bytes=st.integers(1_000, 10**8),
    channels=st.integers(1, 6),
    rate_bps=st.integers(0, 10**6),
    can_opus=st.booleans(),
)
def test_the_sound_alone_fits(
    duration_s: float, limit_bytes: int, channels: int, rate_bps: int, *, can_opus: bool
) -> None:
    track = AudioTrack(codec="aac", channels=channels, rate_bps=rate_bps)
    target = choose_sound_alone(track, duration_s, limit_bytes, can_opus=can_opus)
    assert target is None or target.rate_bps * duration_s / 8 <= limit_bytes
    assert target is None or target.codec != "opus" or can_opus


@given(total_bps=st.floats(1, 10**8), rate_bps=st.integers(0, 10**6), channels=st.integers(1, 6))
def test_beside_a_picture_the_sound_takes_a_small_share(total_bps: float, rate_bps: int, channels: int) -> None:
    target = choose_sound_beside_picture(AudioTrack(codec="mp3", channels=channels, rate_bps=rate_bps), total_bps)
    assert target is not None
    assert target.rate_bps <= max(48_000, total_bps * 0.15 + 1)
    assert target.channels <= 2
