"""The metadata of PNG pictures: chunks with a name of four letters. Data after the last chunk is cut off too."""

from typing import Final

from boss_bot_core.plugin import ByteRange

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_ANCILLARY: Final = 0x20
"""The bit of a chunk name's first letter that marks a chunk which is not needed to decode the picture."""
_COLORS: Final = frozenset(
    {b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"cICP", b"mDCV", b"mDCv", b"cLLI", b"cLLi"}
)
_KEPT: Final = _COLORS | {b"bKGD", b"hIST", b"pHYs", b"sPLT", b"acTL", b"fcTL", b"fdAT"}
"""Ancillary chunks that change how the picture looks, or that contain an animation's frames."""
_END: Final = b"IEND"


def find_kept_png(content: bytes) -> list[ByteRange] | None:
    """Return the parts of a PNG picture that are no metadata; None when its chunks cannot be followed."""
    if not content.startswith(_SIGNATURE):
        return None
    parts, position = [ByteRange(start=0, stop=len(_SIGNATURE))], len(_SIGNATURE)
    while position + 12 <= len(content):
        end = position + 12 + int.from_bytes(content[position : position + 4], "big")
        name = content[position + 4 : position + 8]
        if end > len(content):
            return None
        if not name[0] & _ANCILLARY or name in _KEPT:
            parts.append(ByteRange(start=position, stop=end))
        if name == _END:
            return parts
        position = end
    return None
