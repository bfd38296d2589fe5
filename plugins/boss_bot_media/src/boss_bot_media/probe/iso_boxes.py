"""The boxes of an ISO file (MP4, MOV, 3GP): the place of its index, a recorded location, and its frame durations.

FFmpeg does not tell where the index is, and the frame durations of the index need no pass over the frames.
"""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

import attrs

_PARENTS: Final = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl"})
_LOCATION_MARKS: Final = (b"\xa9xyz", b"loci", b"com.apple.quicktime.location.", b"exif:GPSL")
_VIDEO_HANDLER: Final = b"vide"
_MAX_INDEX_BYTES: Final = 64 * 1_048_576


@attrs.frozen(kw_only=True)
class IsoLayout:
    """What the boxes of an ISO file tell.

    Attributes:
        index_first: Whether the index stands before the media data, so that a player starts before it has all bytes.
        has_location: Whether the file says where it was recorded.
        frame_durations: Runs of (number of frames, duration of each in the track's units) of the first video track.
    """

    index_first: bool = True
    has_location: bool = False
    frame_durations: tuple[tuple[int, int], ...] = ()


def read_iso_layout(path: Path) -> IsoLayout:
    """Read the boxes of an ISO file; a fragmented or damaged one has what was found of it."""
    index, names = b"", []
    with path.open("rb") as stream:
        for name, size in _walk_file(stream, path.stat().st_size):
            names.append(name)
            if name in {b"moov", b"meta", b"udta", b"uuid"} and size <= _MAX_INDEX_BYTES:
                body = stream.read(size)
                index += body if name == b"moov" else b""
                if any(mark in body for mark in _LOCATION_MARKS):
                    return IsoLayout(
                        index_first=_is_index_first(names), has_location=True, frame_durations=_read_durations(index)
                    )
    return IsoLayout(index_first=_is_index_first(names), frame_durations=_read_durations(index))


def _is_index_first(names: list[bytes]) -> bool:
    return b"mdat" not in names or b"moov" in names[: names.index(b"mdat")]


def _walk_file(stream: BinaryIO, end: int) -> Iterator[tuple[bytes, int]]:
    """Yield name and content size of each top-level box, with the stream at the content."""
    place = 0
    while place + 8 <= end:
        stream.seek(place)
        size, name = struct.unpack(">I4s", stream.read(8))
        head = 8
        if size == 1:
            size, head = struct.unpack(">Q", stream.read(8).ljust(8, b"\0"))[0], 16
        size = size or end - place
        if size < head:
            return
        yield name, min(size, end - place) - head
        place += size


def _walk(body: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield name and content of each box in `body`, and of the boxes inside the index's own containers."""
    place = 0
    while place + 8 <= len(body):
        size, name = struct.unpack_from(">I4s", body, place)
        if size < 8:
            return
        content = body[place + 8 : place + size]
        yield name, content
        if name in _PARENTS:
            yield from _walk(content)
        place += size


def _read_durations(index: bytes) -> tuple[tuple[int, int], ...]:
    """Return the runs of the time table of the first video track."""
    handler = b""
    for name, content in _walk(index):
        if name == b"hdlr":
            handler = content[8:12]
        elif name == b"stts" and handler == _VIDEO_HANDLER and len(content) >= 8:
            count = min(struct.unpack_from(">I", content, 4)[0], (len(content) - 8) // 8)
            return tuple(struct.unpack_from(">II", content, 8 + 8 * number) for number in range(count))
    return ()
