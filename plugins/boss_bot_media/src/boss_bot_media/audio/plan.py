"""The plan of a file with sound alone: a pure function of its facts and the conditions."""

from typing import Final

from boss_bot_core.plugin import format_size
from boss_bot_media.audio.rates import choose_sound_alone
from boss_bot_media.conditions import Conditions
from boss_bot_media.plan import Keep, Plan, Refuse, Remux, SoundOnly
from boss_bot_media.probe.model import ISO, MATROSKA, Probe
from boss_bot_media.targets import SoundTarget

_PLAYS: Final[dict[str, frozenset[str]]] = {
    "mp3": frozenset({"mp3"}),
    "aac": frozenset({"aac"}),
    ISO: frozenset({"aac", "mp3"}),
    "ogg": frozenset({"vorbis", "opus", "flac"}),
    "flac": frozenset({"flac"}),
    MATROSKA: frozenset({"opus", "vorbis"}),
    "wav": frozenset({"pcm_u8", "pcm_s16le", "pcm_s24le", "pcm_s32le", "pcm_f32le"}),
}
"""Codecs that play everywhere, by container."""


def plan_audio(probe: Probe, conditions: Conditions) -> Plan:
    """Return what is done with a file without a picture."""
    if "audio" not in conditions.settings.kinds:
        return Keep(reason="Audio files are not converted here.")
    if probe.audio is None:
        return Refuse(reason="The file has no sound.")
    plays = probe.audio.codec in _PLAYS.get(probe.container, frozenset())
    fits = probe.size_bytes <= conditions.limit_bytes
    if plays and fits and not probe.has_location:
        return Keep(reason="It fits and plays everywhere.")
    if fits and probe.audio.codec == "aac":
        why = "It said where it was recorded." if plays else "Its container does not play everywhere."
        kept = SoundTarget(codec="copy", rate_bps=probe.audio.rate_bps, channels=probe.audio.channels)
        return Remux(reason=why, suffix=".m4a", sound=kept)
    if plays and fits:
        return Keep(reason="It fits and plays everywhere.")
    reason = (
        "Its format does not play everywhere."
        if fits
        else f"It has {format_size(probe.size_bytes)}, and {format_size(conditions.limit_bytes)} are allowed."
    )
    return plan_sound(probe, conditions, reason)


def plan_sound(probe: Probe, conditions: Conditions, reason: str) -> Plan:
    """Return how the sound of a file becomes a file of its own, which fits."""
    if probe.audio is None:
        return Refuse(reason="It has no sound.")
    can_opus = "libopus" in conditions.tools.encoders
    target = choose_sound_alone(probe.audio, probe.duration_s, conditions.limit_for("audio"), can_opus=can_opus)
    if target is None:
        return Refuse(reason=f"{reason} Even its sound alone would not fit.")
    if target.codec != "copy" and "aac" not in conditions.tools.encoders:
        return Refuse(reason=f"{reason} This machine has no ffmpeg that could convert it.")
    return SoundOnly(reason=reason, sound=target)
