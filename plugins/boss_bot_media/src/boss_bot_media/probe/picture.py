"""The facts about a file's picture; one decoded frame alone knows its rotation and its colours."""

from typing import TYPE_CHECKING, Final

import av
from av.container import InputContainer
from av.video.stream import VideoStream

from boss_bot_media.probe.model import Transfer, VideoTrack

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

_TRANSFERS: Final[dict[int, Transfer]] = {16: "pq", 18: "hlg"}
_LONG_FRAME: Final = 4.0
"""A frame that lasts so many usual durations is a pause that players show differently."""
_MAX_UNEVEN_SHARE: Final = 0.1
_PACKETS_TO_FIRST_FRAME: Final = 300


def read_picture(
    container: InputContainer, stream: VideoStream, frame_durations: tuple[tuple[int, int], ...]
) -> VideoTrack:
    """Return the facts about a picture.

    Args:
        container: The file, at its beginning.
        stream: The picture's stream.
        frame_durations: Runs of (number of frames, duration of each), as the file's index has them; empty if unknown.
    """
    context = stream.codec_context
    frame = _decode_first_frame(container, stream)
    fps = float(stream.average_rate or stream.guessed_rate or 30)
    aspect = stream.sample_aspect_ratio
    return VideoTrack(
        codec=context.codec.canonical_name,
        profile=context.profile or "",
        pixel_format=(frame.format.name if frame is not None else context.pix_fmt) or "",
        width=context.width,
        height=context.height,
        rotation=frame.rotation if frame is not None else 0,
        pixel_aspect=float(aspect) if aspect else 1.0,
        fps=fps,
        is_variable_rate=_is_uneven(frame_durations),
        is_interlaced=frame is not None and bool(frame.interlaced_frame),
        transfer=_TRANSFERS.get(int(frame.color_trc), "sdr") if frame is not None else "sdr",
    )


def _decode_first_frame(container: InputContainer, stream: VideoStream) -> "VideoFrame | None":
    for number, packet in enumerate(container.demux(stream)):
        try:
            frames = packet.decode()
        except av.FFmpegError:
            frames = []
        if frames:
            return frames[0]
        if number > _PACKETS_TO_FIRST_FRAME:
            break
    return None


def _is_uneven(runs: tuple[tuple[int, int], ...]) -> bool:
    """Return whether the frames last differently; the last one is left out, because writers only guess its duration."""
    count = sum(number for number, _ in runs) - 1
    if count < 2:
        return False
    runs = runs[:-1] if runs[-1][0] == 1 else (*runs[:-1], (runs[-1][0] - 1, runs[-1][1]))
    usual = max(runs)[1] or 1
    uneven = sum(number for number, length in runs if abs(length - usual) > usual / 2)
    return uneven > count * _MAX_UNEVEN_SHARE or max(length for _, length in runs) > usual * _LONG_FRAME
