"""The check of a result: its size, its streams, its length, and that every frame of it can be decoded."""

from pathlib import Path
from typing import Final

import av

from boss_bot_media.probe.packets import measure_duration_s
from boss_bot_media.probe.source import find_picture_stream, open_source

DURATION_TOLERANCE_S: Final = 0.1


def find_result_fault(
    path: Path, limit_bytes: int, *, duration_s: float | None, has_video: bool, has_audio: bool
) -> str | None:
    """Return what is wrong with a result, as a sentence for people; None for a good one.

    Args:
        path: The result.
        limit_bytes: The limit for its size.
        duration_s: Its expected length in seconds; None for a part of a file.
        has_video: Whether it has to have a picture.
        has_audio: Whether it has to have sound.
    """
    size_bytes = path.stat().st_size
    if size_bytes > limit_bytes:
        return f"It became larger than the limit: {size_bytes} of {limit_bytes} bytes."
    with open_source(path) as container:
        if (find_picture_stream(container) is not None) != has_video or bool(container.streams.audio) != has_audio:
            return "It lost its picture or its sound."
        found_s = measure_duration_s(container)
    if duration_s is not None and abs(found_s - duration_s) > DURATION_TOLERANCE_S:
        return f"Its length changed from {duration_s:.2f} to {found_s:.2f} seconds."
    return None if _decodes(path) else "It cannot be decoded to its end."


def _decodes(path: Path) -> bool:
    """Return whether every packet of the first video and audio track can be decoded."""
    with open_source(path) as container:
        picture = find_picture_stream(container)
        streams = [*((picture,) if picture is not None else ()), *container.streams.audio[:1]]
        for stream in streams:
            stream.codec_context.thread_type = "AUTO"
        frames = dict.fromkeys((stream.index for stream in streams), 0)
        try:
            for packet in container.demux(streams):
                frames[packet.stream.index] += len(packet.decode())
        except av.FFmpegError:
            return False
    return all(frames.values())
