"""What an encoding aims at, as values: its sound and its picture."""

from typing import Literal

import attrs

SoundCodec = Literal["copy", "aac", "opus"]


@attrs.frozen(kw_only=True)
class SoundTarget:
    """How the sound of the result is coded.

    Attributes:
        codec: The encoder; `copy` keeps the source's sound.
        rate_bps: Bits per second; those of the source for a copy.
        channels: Number of channels.
        suffix: Extension of a file with this sound alone, with the dot.
    """

    codec: SoundCodec
    rate_bps: int
    channels: int = 2
    suffix: str = ".m4a"


@attrs.frozen(kw_only=True)
class PictureTarget:
    """How the picture of the result is coded, always as H.264.

    Attributes:
        width: Width in square pixels, even.
        height: Height in square pixels, even.
        fps: Frames per second, or None for those of the source.
        rate_bps: Bits per second that fill the budget; None where the quality below needs fewer.
        crf: x264's constant quality, lower is better.
        preset: x264's preset.
    """

    width: int
    height: int
    fps: float | None = None
    rate_bps: int | None = None
    crf: int = 20
    preset: str = "medium"
