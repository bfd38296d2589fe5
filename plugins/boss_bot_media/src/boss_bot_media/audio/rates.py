"""The rate of the sound: which one fits, and whether the source's own sound can stay."""

from typing import Final

from boss_bot_media.probe.model import AudioTrack
from boss_bot_media.targets import SoundTarget

BESIDE_PICTURE_BPS: Final = (160_000, 128_000, 96_000, 64_000, 48_000)
"""Rates of AAC beside a picture, from the best one."""
_PICTURE_SOUND_SHARE: Final = 0.15
"""How much of a budget the sound may use: at the usual rates a listener notices less of it than a viewer."""
_MONO_FACTOR: Final = 0.6

_ALONE_AAC_BPS: Final = (256_000, 224_000, 192_000, 160_000, 128_000, 96_000)
_ALONE_OPUS_BPS: Final = (80_000, 64_000, 48_000, 40_000, 32_000, 24_000)
_ALONE_SHARE: Final = 0.97
"""How much of the limit the sound alone may use: the encoders keep their rate on the average only."""

_HEAD_BYTES: Final = 1_500
"""Size of a container with little else in it."""

_COPY_SUFFIXES: Final = {"aac": ".m4a", "mp3": ".mp3", "opus": ".ogg", "vorbis": ".ogg", "flac": ".flac"}


def choose_sound_beside_picture(track: AudioTrack | None, total_bps: float) -> SoundTarget | None:
    """Return the sound of an MP4 file, so that the picture gets most of the bits.

    Args:
        track: The source's sound, or None.
        total_bps: Bits per second for picture and sound together.
    """
    if track is None:
        return None
    channels = min(track.channels, 2) or 1
    factor = _MONO_FACTOR if channels == 1 else 1.0
    rates = [round(rate * factor) for rate in BESIDE_PICTURE_BPS]
    fitting = next((rate for rate in rates if rate <= total_bps * _PICTURE_SOUND_SHARE), rates[-1])
    if track.codec == "aac" and 0 < track.rate_bps <= fitting * 1.05:
        return SoundTarget(codec="copy", rate_bps=track.rate_bps, channels=track.channels)
    # More bits than a coded source has cannot bring back what it has lost.
    source_bps = track.rate_bps if track.rate_bps and not track.codec.startswith("pcm") else fitting
    return SoundTarget(codec="aac", rate_bps=max(rates[-1], min(fitting, source_bps)), channels=channels)


def choose_sound_alone(track: AudioTrack, duration_s: float, limit_bytes: int, *, can_opus: bool) -> SoundTarget | None:
    """Return the best sound of a file without a picture that fits, or None if none does.

    AAC plays on more devices; Opus sounds better below 96 kbit/s.
    """
    total_bps = (limit_bytes * _ALONE_SHARE - _HEAD_BYTES) * 8 / max(duration_s, 0.1)
    suffix = _COPY_SUFFIXES.get(track.codec)
    if suffix is not None and 0 < track.rate_bps <= total_bps:
        return SoundTarget(codec="copy", rate_bps=track.rate_bps, channels=track.channels, suffix=suffix)
    channels = min(track.channels, 2) or 1
    factor = _MONO_FACTOR if channels == 1 else 1.0
    for rate in _ALONE_AAC_BPS:
        if rate * factor <= total_bps:
            return SoundTarget(codec="aac", rate_bps=round(rate * factor), channels=channels)
    for rate in _ALONE_OPUS_BPS if can_opus else ():
        if rate * factor <= total_bps:
            return SoundTarget(codec="opus", rate_bps=round(rate * factor), channels=channels, suffix=".ogg")
    return None
