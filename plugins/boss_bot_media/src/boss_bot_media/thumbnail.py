"""The thumbnail of a video: one frame of it as a small JPEG file."""

from pathlib import Path
from typing import Final

import av

from boss_bot_media.probe.source import find_picture_stream, open_source

_LONGEST_SIDE: Final = 640
_PLACE: Final = 0.1
"""Where in the video: many begin with a black frame."""
_QUALITY: Final = 85


def write_thumbnail(source: Path, output: Path) -> Path | None:
    """Write the thumbnail of a video, and return its path; None for a file that has no frame to show."""
    with open_source(source) as container:
        stream = find_picture_stream(container)
        if stream is None:
            return None
        try:
            container.seek(int((container.duration or 0) * _PLACE))
            frame = next(container.decode(stream), None)
        except av.FFmpegError:
            return None
        if frame is None:
            return None
        # Scaled before it becomes RGB, which takes half the time.
        scale = min(1.0, _LONGEST_SIDE / max(frame.width, frame.height))
        width, height = (max(1, round(length * scale)) for length in (frame.width, frame.height))
        picture = frame.to_image(width=width, height=height)  # type: ignore[no-untyped-call]
        if frame.rotation:
            picture = picture.rotate(frame.rotation, expand=True)
    picture.save(output, "JPEG", quality=_QUALITY)
    return output
