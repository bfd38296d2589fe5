"""How long a container says that its file is: one that is shorter was cut off.

Decoders do not tell: FFmpeg plays what is there. Only the sizes on the outermost level are read, no content.

The end of a file with video or sound: a download that broke off may have left a hole there.
"""

import time
from pathlib import Path
from typing import BinaryIO

from av.container import InputContainer

from boss_bot_core.plugin import FileRejectedError
from boss_bot_core.verification.tracks import Track

_EBML = b"\x1a\x45\xdf\xa3"
_SEGMENT = b"\x18\x53\x80\x67"
_ISO_BOXES = frozenset({b"ftyp", b"styp", b"moov", b"moof", b"mdat", b"wide", b"free", b"skip", b"sidx"})
_MAX_BOXES = 100_000


def is_truncated(path: Path) -> bool:
    """Tell whether the file is shorter than it says; False where it does not say."""
    size = path.stat().st_size
    with path.open("rb") as stream:
        head = stream.read(12)
        stream.seek(0)
        if head[4:8] in _ISO_BOXES:
            return _find_iso_end(stream, size) > size
        if head.startswith(_EBML):
            return _find_matroska_end(stream) > size
        if head.startswith(b"RIFF"):
            declared = int.from_bytes(head[4:8], "little")
            # A recorder that cannot go back leaves 0 or the largest number.
            return declared < 0xFFFF_FF00 and declared + 8 > size
    return False


def _find_iso_end(stream: BinaryIO, size: int) -> int:
    position = 0
    for _ in range(_MAX_BOXES):
        stream.seek(position)
        header = stream.read(16)
        if len(header) < 8:
            break
        length = int.from_bytes(header[:4], "big")
        if length == 1:
            length = int.from_bytes(header[8:16], "big")
        # 0 means "to the end"; less than a header is not a box but something behind the last one.
        if length < 8 or position >= size:
            break
        position += length
    return position


def _find_matroska_end(stream: BinaryIO) -> int:
    stream.seek(4)
    header_length = _read_length(stream) or 0
    stream.seek(header_length, 1)
    if stream.read(4) != _SEGMENT:
        return 0
    length = _read_length(stream)
    return 0 if length is None else stream.tell() + length


def _read_length(stream: BinaryIO) -> int | None:
    # EBML: as many bytes as the first one has leading zeros; all ones mean "unknown".
    first = stream.read(1)
    if not first or not first[0]:
        return None
    extra = 8 - first[0].bit_length()
    value = int.from_bytes(bytes([first[0] & (0x7F >> extra)]) + stream.read(extra), "big")
    return None if value == (1 << (7 * (extra + 1))) - 1 else value


MICROSECONDS = 1_000_000
"""FFmpeg's unit of time for whole files."""

_END_S = 1.0
_END_PACKETS = 2000
# Entered in the middle, these give no picture before the next key frame comes by.
_WITHOUT_INDEX = frozenset({"mpegts", "mpeg"})


def check_end(container: InputContainer, track: Track, deadline: float) -> None:
    """Enter a file near its end and decode what is left of a track.

    Args:
        container: The file, read through once.
        track: The track, which knows how far it goes.
        deadline: When to be content with what was seen, as `time.monotonic` tells it.

    Raises:
        FileRejectedError: What is there cannot be played.
    """
    if container.format.name in _WITHOUT_INDEX:
        return
    target_s = max(track.start_s or 0.0, track.end_s - _END_S)
    container.seek(int(target_s * MICROSECONDS))
    frames = 0
    for number, packet in enumerate(container.demux(track.stream)):
        frames += track.decode(packet)
        if number > _END_PACKETS or time.monotonic() > deadline:
            break  # the last key frame lies far back, and what follows it was fine so far
    else:
        if track.decoded_s < target_s - _END_S:
            frames = 0
    if not frames:
        raise FileRejectedError("The file is damaged near its end.")
