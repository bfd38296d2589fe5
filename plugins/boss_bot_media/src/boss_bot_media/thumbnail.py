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
        picture = frame.to_image()  # type: ignore[no-untyped-call]
        if frame.rotation:
            picture = picture.rotate(frame.rotation, expand=True)
    picture.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    picture.save(output, "JPEG", quality=_QUALITY)
    return output
