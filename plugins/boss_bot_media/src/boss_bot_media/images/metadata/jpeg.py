"""The metadata of JPEG pictures: segments between two markers.

Everything after the end of the picture is cut off too: phones append further pictures, and videos with a location.
"""

import re
from typing import Final

from boss_bot_core.plugin import ByteRange

_START: Final = b"\xff\xd8"
_FILL, _SCAN, _END, _COMMENT = 0xFF, 0xDA, 0xD9, 0xFE
_APPLICATION: Final = range(0xE0, 0xF0)
_FRAMES_AND_TABLES: Final = range(0xC0, 0xE0)
_KEPT: Final = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
"""Application segments that change how the picture looks: its density, its color profile, its color transform."""
_MARKER: Final = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
"""A marker behind a scan's data, where 0 follows a byte of data, and D0 to D7 restart the decoder."""


def find_kept_jpeg(content: bytes) -> list[ByteRange] | None:
    """Return the parts of a JPEG picture that are no metadata; None when its segments cannot be followed."""
    if not content.startswith(_START):
        return None
    parts, position = [ByteRange(start=0, stop=2)], 2
    while position + 4 <= len(content) or content[position : position + 2] == b"\xff\xd9":
        marker, following = content[position + 1], content[position + 2 : position + 4]
        if content[position] != _FILL:
            return None
        if marker == _FILL:
            position += 1
            continue
        if marker == _END:
            return [*parts, ByteRange(start=position, stop=position + 2)]
        end = position + 2 + int.from_bytes(following, "big")
        if not _is_segment(marker) or end < position + 4 or end > len(content):
            return None
        if marker == _SCAN:
            found = _MARKER.search(content, end)
            end = found.start() if found else len(content)
        if _is_kept(marker, content[position + 4 : position + 16]):
            parts.append(ByteRange(start=position, stop=end))
        position = end
    # A picture without its end mark: decoders show it, and there is nothing after it.
    return parts if position == len(content) else None


def _is_segment(marker: int) -> bool:
    return marker in _FRAMES_AND_TABLES or marker in _APPLICATION or marker == _COMMENT


def _is_kept(marker: int, head: bytes) -> bool:
    if marker in _APPLICATION:
        return marker in _KEPT and head.startswith(_KEPT[marker])
    return marker != _COMMENT
