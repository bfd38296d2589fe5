"""The end marks of formats that declare no size: without its mark, a file is cut off, even between two frames.

Data after the mark is accepted: many real files have some.
"""

from collections.abc import Callable, Mapping
from mmap import mmap

_MAX_PARTS = 2_000_000
"""Largest number of blocks, chunks or pages that are read; a file with more of them is not checked to its end."""


def has_end_mark(content: mmap) -> bool:
    """Return whether the file's end mark is present; True when its format has none."""
    finders: Mapping[bytes, Callable[[mmap], bool]] = {
        b"GIF8": _has_gif_trailer,
        b"\x89PNG": _has_png_end,
        b"OggS": _has_ogg_ends,
    }
    find = finders.get(content[:4])
    try:
        return find is None or find(content)
    except IndexError:
        return False


def _has_gif_trailer(content: mmap) -> bool:
    position = 13 + _measure_color_table(content[10])
    for _ in range(_MAX_PARTS):
        match content[position]:
            case 0x3B:
                return True
            case 0x21:
                position = _skip_gif_blocks(content, position + 2)
            case 0x2C:
                # The image's descriptor, its colors, and the size of its codes come before its data.
                position = _skip_gif_blocks(content, position + 11 + _measure_color_table(content[position + 9]))
            case _:
                position += 1  # as decoders do
    return True


def _measure_color_table(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _skip_gif_blocks(content: mmap, position: int) -> int:
    while length := content[position]:
        position += 1 + length
    return position + 1


def _has_png_end(content: mmap) -> bool:
    position = 8
    for _ in range(_MAX_PARTS):
        length, kind = int.from_bytes(content[position : position + 4], "big"), content[position + 4 : position + 8]
        position += length + 12
        if position > len(content) or kind == b"IEND":
            return position <= len(content)
    return True


def _has_ogg_ends(content: mmap) -> bool:
    # Each stream has a first and a last page. Several streams begin together; another beginning starts a new chain.
    position, unfinished, was_first = 0, set[bytes](), True
    for _ in range(_MAX_PARTS):
        flags, serial, segments = content[position + 5], content[position + 14 : position + 18], content[position + 26]
        is_first = bool(flags & 2)
        if is_first:
            unfinished = {serial} | (unfinished if was_first else set())
        if flags & 4:
            unfinished.discard(serial)
        was_first = is_first
        position += 27 + segments + sum(content[position + 27 : position + 27 + segments])
        if position > len(content):
            return False
        position = content.find(b"OggS\0", position)
        if position < 0:
            return not unfinished
    return True
