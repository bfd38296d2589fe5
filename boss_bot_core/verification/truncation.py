"""Checks for incomplete files: a file that is shorter than its container declares, and a damaged end.

Decoders do not detect truncation: FFmpeg plays the existing part. The check of the size reads only the sizes on the
outermost level. The check of the end detects a hole that an interrupted download may have left there.
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

MICROSECONDS = 1_000_000
"""FFmpeg's time unit for containers: ticks per second."""

_END_S = 1.0
_END_PACKETS = 2000
# After a seek, these containers give no frame before the next key frame.
_WITHOUT_INDEX = frozenset({"mpegts", "mpeg"})


def is_truncated(path: Path) -> bool:
    """Return whether the file is shorter than its container declares; False when it declares no size."""
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
            # A recorder that cannot seek back leaves 0 or the largest number.
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
        # 0 means "to the end of the file". A length below a header's is not a box, but data after the last box.
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
    # EBML: the leading zeros of the first byte give the number of further bytes; all ones mean "unknown".
    first = stream.read(1)
    if not first or not first[0]:
        return None
    extra = 8 - first[0].bit_length()
    value = int.from_bytes(bytes([first[0] & (0x7F >> extra)]) + stream.read(extra), "big")
    return None if value == (1 << (7 * (extra + 1))) - 1 else value


def check_end(container: InputContainer, track: Track, deadline: float) -> None:
    """Seek near the end of a file and decode the rest of a track.

    Args:
        container: The file, which has been read once.
        track: The track, with its measured end.
        deadline: The time at which the check ends without a finding, on the clock of `time.monotonic`.

    Raises:
        FileRejectedError: The end of the track cannot be decoded.
    """
    if container.format.name in _WITHOUT_INDEX:
        return
    target_s = max(track.start_s or 0.0, track.end_s - _END_S)
    container.seek(int(target_s * MICROSECONDS))
    frames = 0
    for number, packet in enumerate(container.demux(track.stream)):
        frames += track.decode(packet)
        if number > _END_PACKETS or time.monotonic() > deadline:
            break  # the last key frame is far from the end, and all frames so far are intact
    else:
        if track.decoded_s < target_s - _END_S:
            frames = 0
    if not frames:
        raise FileRejectedError("The file is damaged near its end.")
