"""The facts about a video or audio file, as values: what its plan is made from."""

from typing import Literal

import attrs

ISO = "mov,mp4,m4a,3gp,3g2,mj2"
MATROSKA = "matroska,webm"

Transfer = Literal["sdr", "pq", "hlg"]
"""How brightness is coded; `pq` and `hlg` are HDR."""


@attrs.frozen(kw_only=True)
class VideoTrack:
    """The first moving picture of a file.

    Attributes:
        codec: FFmpeg's name of the codec.
        profile: FFmpeg's name of the profile; empty if unknown.
        pixel_format: FFmpeg's name of the pixel format.
        width: Width of the stored picture in pixels.
        height: Height of the stored picture in pixels.
        rotation: Degrees by which a player turns the picture, counter-clockwise.
        pixel_aspect: Width of a pixel, divided by its height.
        fps: Average frames per second.
        is_variable_rate: Whether the frames last differently long, beyond what players even out.
        is_interlaced: Whether a frame consists of two fields.
        transfer: How brightness is coded.
    """

    codec: str
    profile: str = ""
    pixel_format: str = "yuv420p"
    width: int
    height: int
    rotation: int = 0
    pixel_aspect: float = 1.0
    fps: float = 30.0
    is_variable_rate: bool = False
    is_interlaced: bool = False
    transfer: Transfer = "sdr"

    @property
    def shown_size(self) -> tuple[int, int]:
        """Width and height in square pixels, as a player shows the picture."""
        width, height = max(1, round(self.width * self.pixel_aspect)), self.height
        return (height, width) if self.rotation % 180 else (width, height)


@attrs.frozen(kw_only=True)
class AudioTrack:
    """The first sound of a file.

    Attributes:
        codec: FFmpeg's name of the codec.
        channels: Number of channels.
        sample_rate: Samples per second.
        rate_bps: Bits per second, as the file declares them; 0 if unknown.
    """

    codec: str
    channels: int = 2
    sample_rate: int = 48_000
    rate_bps: int = 0


@attrs.frozen(kw_only=True)
class Probe:
    """A file with video or sound.

    Attributes:
        container: FFmpeg's name of the container.
        brand: Major brand of an ISO file; `webm` or `matroska`; empty elsewhere.
        size_bytes: Size in bytes.
        duration_s: Length in seconds.
        video: The first moving picture, or None.
        audio: The first sound, or None.
        index_first: Whether a player can start before it has all bytes.
        has_location: Whether the file says where it was recorded.
    """

    container: str
    brand: str = ""
    size_bytes: int
    duration_s: float
    video: VideoTrack | None = None
    audio: AudioTrack | None = None
    index_first: bool = True
    has_location: bool = False

    @property
    def video_rate_bps(self) -> float:
        """Bits per second of everything but the sound."""
        audio_bps = self.audio.rate_bps if self.audio is not None else 0
        return max(1.0, self.size_bytes * 8 / max(self.duration_s, 0.1) - audio_bps)
