"""Whether a video plays on every device, and what else stands in the way: its picture, its sound or its container."""

from typing import Final

import attrs

from boss_bot_media.conditions import Conditions
from boss_bot_media.probe.model import ISO, MATROSKA, Probe, VideoTrack

_H264_PROFILES: Final = frozenset({"Constrained Baseline", "Baseline", "Main", "High", "Progressive High", ""})
_FORMATS_8_BIT: Final = frozenset({"yuv420p", "yuvj420p"})
_WEBM_PICTURES: Final = frozenset({"vp8", "vp9"})
_WEBM_SOUNDS: Final = frozenset({"opus", "vorbis"})
_MP4_SOUNDS: Final = frozenset({"aac"})


@attrs.frozen(kw_only=True)
class Playability:
    """What keeps a video from playing everywhere; None for what is well.

    Attributes:
        suffix: Extension of the container that the picture belongs into, with the dot.
        picture_fault: Why the picture has to be encoded anew.
        sound_fault: Why the sound has to be encoded anew.
        container_fault: Why the streams have to be copied into another container.
    """

    suffix: str
    picture_fault: str | None = None
    sound_fault: str | None = None
    container_fault: str | None = None


def judge_playability(probe: Probe, track: VideoTrack, copy_fault: str | None = None) -> Playability:
    """Return what keeps a video from playing everywhere.

    Args:
        probe: The file.
        track: Its picture.
        copy_fault: Why its streams cannot be copied, as a copy has shown.
    """
    is_webm = track.codec in _WEBM_PICTURES
    sounds = _WEBM_SOUNDS if is_webm else _MP4_SOUNDS
    sound = probe.audio.codec if probe.audio is not None else None
    return Playability(
        suffix=".webm" if is_webm else ".mp4",
        picture_fault=_find_picture_fault(track) or copy_fault,
        sound_fault=None if sound is None or sound in sounds else f"its sound is {sound}",
        container_fault=_find_container_fault(probe, is_webm=is_webm),
    )


def describe_faults(found: Playability) -> str:
    """Return a sentence with everything that keeps a video from playing everywhere; empty if nothing does."""
    faults = [fault for fault in (found.picture_fault, found.sound_fault, found.container_fault) if fault]
    return "" if not faults else f"It does not play everywhere: {', '.join(faults)}."


def is_hdr(track: VideoTrack) -> bool:
    """Return whether the picture is brighter than screens without HDR show."""
    return track.transfer != "sdr"


def describe_missing_tools(conditions: Conditions) -> str | None:
    """Return why this machine cannot encode video, or None if it can."""
    if conditions.tools.can_encode_video:
        return None
    if not conditions.tools.encoders:
        return "This machine has no ffmpeg."
    missing = ", ".join(sorted({"libx264", "aac"} - conditions.tools.encoders))
    return f"This machine's ffmpeg has no {missing}."


def _find_picture_fault(track: VideoTrack) -> str | None:
    is_h264, is_webm = track.codec == "h264", track.codec in _WEBM_PICTURES
    # WebM's own pictures may be transparent.
    is_plain = track.pixel_format in _FORMATS_8_BIT or (is_webm and track.pixel_format == "yuva420p")
    faults = (
        (not is_h264 and not is_webm, f"its picture is {track.codec}"),
        (is_hdr(track), "its picture is HDR"),
        (is_h264 and track.profile not in _H264_PROFILES, f"its picture has the profile {track.profile}"),
        (not is_plain, f"its picture is {track.pixel_format}"),
        (bool(track.rotation), "players differ in turning its picture"),
        (is_h264 and bool(track.width % 2 or track.height % 2), "its picture has an odd size"),
        (track.is_variable_rate, "its frames last differently long"),
        (track.is_interlaced, "its picture is interlaced"),
    )
    return next((text for is_found, text in faults if is_found), None)


def _find_container_fault(probe: Probe, *, is_webm: bool) -> str | None:
    if is_webm:
        return None if probe.container == MATROSKA and probe.brand == "webm" else "WebM is the container of its picture"
    if probe.container != ISO or probe.brand == "qt":
        return "MP4 is the container of its picture"
    return None if probe.index_first else "its index is at the end"
