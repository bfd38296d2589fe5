"""The filters between the source's picture and x264: fields, colours, size and frame rate, in this order."""

from boss_bot_media.conditions import Capabilities
from boss_bot_media.probe.model import VideoTrack
from boss_bot_media.targets import PictureTarget
from boss_bot_media.video.playability import is_hdr

_TONE_MAP = (
    "zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,tonemap=tonemap=hable:desat=0,zscale=t=bt709:m=bt709:r=tv"
)
_ROUGH_TONE_MAP = "eq=contrast=1.2:brightness=0.05:saturation=1.3"
"""Without zscale: HDR shown as SDR looks pale and dark, which this evens out roughly."""


def build_filters(track: VideoTrack, target: PictureTarget, tools: Capabilities) -> str:
    """Return ffmpeg's filter chain; the picture is turned by ffmpeg itself, before the first filter."""
    steps = []
    if track.is_interlaced:
        steps.append("bwdif" if "bwdif" in tools.filters else "yadif")
    if target.fps is not None:
        # Before the scaling, which is then done for fewer frames.
        steps.append(f"fps={target.fps:.6g}")
    if is_hdr(track):
        steps.append(_TONE_MAP if can_tone_map(tools) else _ROUGH_TONE_MAP)
    steps.append(f"scale={target.width}:{target.height}:flags=bicubic:out_range=tv")
    return ",".join([*steps, "setsar=1", "format=yuv420p"])


def can_tone_map(tools: Capabilities) -> bool:
    """Return whether ffmpeg can convert HDR exactly."""
    return {"zscale", "tonemap"} <= tools.filters
