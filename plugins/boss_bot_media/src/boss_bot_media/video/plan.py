"""The plan of a video: a pure function of its facts and the conditions, made before anything is encoded."""

import math
from typing import Final

from boss_bot_core.plugin import FitChoice, format_size
from boss_bot_media.audio.plan import plan_sound
from boss_bot_media.audio.rates import choose_sound_beside_picture
from boss_bot_media.conditions import Conditions
from boss_bot_media.plan import ChoiceNeeded, Keep, Parts, Plan, Refuse, Remux, SoundOnly, Transcode
from boss_bot_media.probe.model import Probe, VideoTrack
from boss_bot_media.targets import SoundTarget
from boss_bot_media.video.playability import (
    Playability,
    describe_faults,
    describe_missing_tools,
    judge_playability,
)
from boss_bot_media.video.target import CLEAR_CRF, FULL_CRF, build_free_target, choose_target, estimate_cpu_s

MAX_PARTS: Final = 10
"""Most parts of a file: so many files has a message."""
_PART_SHARE: Final = 0.85
"""How full the parts are on the average: they end at key frames."""


def plan_video(probe: Probe, track: VideoTrack, conditions: Conditions) -> Plan:
    """Return what is done with a video.

    Args:
        probe: The file.
        track: Its picture.
        conditions: What else the plan depends on.
    """
    if "video" not in conditions.settings.kinds:
        return Keep(reason="Videos are not converted here.")
    if conditions.audio_only or conditions.fit == "sound":
        return plan_sound(probe, conditions, "Only the sound was asked for.")
    found = judge_playability(probe, track, conditions.copy_fault)
    fits = probe.size_bytes <= conditions.limit_bytes
    if not fits:
        return _plan_large(probe, track, found, conditions)
    if found.picture_fault:
        return _plan_encoding(probe, track, conditions, describe_faults(found))
    if found.sound_fault or found.container_fault or probe.has_location:
        return _plan_remux(probe, found, conditions)
    return Keep(reason="It fits and plays everywhere.")


def _plan_remux(probe: Probe, found: Playability, conditions: Conditions) -> Plan:
    reason = describe_faults(found) or "It said where it was recorded."
    sound = None if probe.audio is None else SoundTarget(codec="copy", rate_bps=probe.audio.rate_bps)
    if found.sound_fault and probe.audio is not None:
        codec, encoder = ("opus", "libopus") if found.suffix == ".webm" else ("aac", "aac")
        if encoder not in conditions.tools.encoders:
            missing = describe_missing_tools(conditions) or f"This machine's ffmpeg has no {encoder}."
            return Refuse(reason=f"{reason} {missing}")
        beside = choose_sound_beside_picture(probe.audio, math.inf)
        rate = beside.rate_bps if beside is not None else 128_000
        sound = SoundTarget(codec=codec, rate_bps=rate, channels=min(2, probe.audio.channels) or 1)  # type: ignore[arg-type]
    return Remux(reason=reason, suffix=found.suffix, sound=sound)


def _plan_large(probe: Probe, track: VideoTrack, found: Playability, conditions: Conditions) -> Plan:
    reason = f"It has {format_size(probe.size_bytes)}, and {format_size(conditions.limit_bytes)} are allowed."
    if conditions.fit == "parts":
        return _plan_parts(probe, track, found, conditions, reason)
    return _plan_encoding(probe, track, conditions, reason)


def _plan_parts(probe: Probe, track: VideoTrack, found: Playability, conditions: Conditions, reason: str) -> Plan:
    if found.picture_fault is None and found.sound_fault is None:
        return Parts(reason=reason, suffix=found.suffix)
    missing = describe_missing_tools(conditions)
    if missing is not None:
        return Refuse(reason=f"{reason} {missing}")
    picture = build_free_target(track, conditions)
    sound = choose_sound_beside_picture(probe.audio, math.inf)
    return Parts(reason=f"{reason} {describe_faults(found)}", suffix=".mp4", picture=picture, sound=sound)


def _plan_encoding(probe: Probe, track: VideoTrack, conditions: Conditions, reason: str) -> Plan:
    missing = describe_missing_tools(conditions)
    if missing is not None:
        return Refuse(reason=f"{reason} {missing}")
    total_bps = conditions.limit_for("video") * 8 / max(probe.duration_s, 0.1)
    sound = choose_sound_beside_picture(probe.audio, total_bps)
    crf = FULL_CRF if probe.size_bytes > conditions.limit_bytes else CLEAR_CRF
    picture = choose_target(track, probe.duration_s, conditions, sound, crf)
    if picture is None:
        lines, kbps = conditions.settings.min_height, conditions.settings.min_video_kbps
        text = f"{reason} It would need less than {lines} lines or {kbps} kbit/s to fit."
        return _offer(probe, conditions, text, ())
    cpu_s = estimate_cpu_s(probe.duration_s, picture, conditions.samples)
    longest_s = conditions.settings.ask_after_cpu_s
    if longest_s and cpu_s > longest_s and conditions.fit != "convert":
        text = f"{reason} The conversion would take about {math.ceil(cpu_s / 60)} minutes of CPU time."
        return _offer(probe, conditions, text, ("convert",))
    return Transcode(reason=reason, picture=picture, sound=sound)


def _offer(probe: Probe, conditions: Conditions, reason: str, first: tuple[FitChoice, ...]) -> Plan:
    """Return the question with every choice that is possible."""
    choices = list(first)
    if 1 < probe.size_bytes / (conditions.limit_for("video") * _PART_SHARE) <= MAX_PARTS:
        choices.append("parts")
    if isinstance(plan_sound(probe, conditions, reason), SoundOnly):
        choices.append("sound")
    # What was chosen already is not asked again.
    left = tuple(choice for choice in choices if choice != conditions.fit)
    return ChoiceNeeded(reason=reason, choices=left) if left else Refuse(reason=reason)
