"""The metadata of GIF pictures: extension blocks. Data after the trailer is cut off too."""

from typing import Final

from boss_bot_core.plugin import ByteRange

_TRAILER, _EXTENSION, _IMAGE = 0x3B, 0x21, 0x2C
_COMMENT, _APPLICATION = 0xFE, 0xFF
_KEPT: Final = frozenset({b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012"})
"""Application blocks that change how the picture looks: the number of repetitions, and the color profile."""


def find_kept_gif(content: bytes) -> list[ByteRange] | None:
    """Return the parts of a GIF picture that are no metadata; None when its blocks cannot be followed."""
    if content[:6] not in {b"GIF87a", b"GIF89a"}:
        return None
    try:
        return _find_kept_blocks(content)
    except IndexError:
        return None


def _find_kept_blocks(content: bytes) -> list[ByteRange]:
    position = 13 + _measure_colors(content[10])
    parts = [ByteRange(start=0, stop=position)]
    while (kind := content[position]) != _TRAILER:
        if kind == _EXTENSION:
            end = _find_end(content, position + 2)
        elif kind == _IMAGE:
            # The image's place, its colors, and the size of its codes stand before its data.
            end = _find_end(content, position + 11 + _measure_colors(content[position + 9]))
        else:
            position += 1  # as decoders do: bytes between two blocks have no meaning
            continue
        if kind == _IMAGE or _is_kept(content[position + 1], content[position + 3 : position + 14]):
            parts.append(ByteRange(start=position, stop=end))
        position = end
    return [*parts, ByteRange(start=position, stop=position + 1)]


def _measure_colors(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _find_end(content: bytes, position: int) -> int:
    while length := content[position]:
        position += 1 + length
    return position + 1


def _is_kept(label: int, name: bytes) -> bool:
    if label == _APPLICATION:
        return name in _KEPT
    return label != _COMMENT
