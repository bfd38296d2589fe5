"""The opening of a file by PyAV, and its streams that a player uses."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import av
from av.container import InputContainer
from av.stream import Disposition
from av.video.stream import VideoStream

from boss_bot_core.plugin import FileRejectedError


@contextmanager
def open_source(path: Path) -> Iterator[InputContainer]:
    """Open a verified file; playlists cannot refer to other files, because only local files may be read.

    Raises:
        FileRejectedError: The file cannot be read.
    """
    options = {"protocol_whitelist": "file", "fflags": "+genpts"}
    try:
        container = av.open(str(path), options=options, metadata_errors="ignore")
    except (av.FFmpegError, ValueError) as error:
        raise FileRejectedError("The file cannot be read as video or sound.") from error
    with container:
        yield container


def find_picture_stream(container: InputContainer) -> VideoStream | None:
    """Return the first video stream that is no cover picture, or None."""
    moving = (stream for stream in container.streams.video if not stream.disposition & Disposition.attached_pic)
    return next(moving, None)
