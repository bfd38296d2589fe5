"""Sizes in bytes: their units, the limits by kind of media, their formatted text, and the parsing of written sizes."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

KILOBYTE = 1024
MEGABYTE = 1024 * KILOBYTE
"""1,048,576 bytes, as in the settings and in Discord's limits."""
GIGABYTE = 1024 * MEGABYTE

MediaKind = Literal["image", "video", "audio"]
"""Kind of media for which there is a limit of its own."""

MAX_SIZES_BYTES: Mapping[MediaKind, int] = MappingProxyType(
    {"image": 5 * MEGABYTE, "video": 50 * MEGABYTE, "audio": 10 * MEGABYTE}
)
"""Largest converted file of each kind, in bytes, as in the PRD (`SupportedTypes.MAX_SIZES`)."""

_LIMIT_SLACK = 0.1 * MEGABYTE
"""A limit may be this much below a whole number of megabytes: the part for the rest of a message."""

_UNITS = {"": 1, "K": KILOBYTE, "M": MEGABYTE, "G": GIGABYTE}
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([KMG]?)B?", re.IGNORECASE | re.ASCII)


def format_size(size_bytes: float) -> str:
    """Return a size as `23.8 MB`, `512 KB` or `87 B`."""
    return " ".join(split_size(size_bytes))


def split_size(size_bytes: float) -> tuple[str, str]:
    """Return the number and the unit of a formatted size, such as `("23.8", "MB")`."""
    if size_bytes < KILOBYTE:
        return str(round(size_bytes)), "B"
    # Each unit ends a little early, because 1,023.96 KB would be rounded to "1024.0 KB".
    if size_bytes < 0.9995 * MEGABYTE:
        return str(round(size_bytes / KILOBYTE)), "KB"
    if size_bytes < 0.9999 * GIGABYTE:
        return f"{size_bytes / MEGABYTE:.1f}", "MB"
    return f"{size_bytes / GIGABYTE:.1f}", "GB"


def split_limit(size_bytes: float) -> tuple[str, str]:
    """Return number and unit of a limit as users know it, `("20", "MB")`, although a part of it is reserved."""
    whole = round(size_bytes / MEGABYTE)
    is_whole = abs(size_bytes - whole * MEGABYTE) < _LIMIT_SLACK
    return (str(whole), "MB") if is_whole and whole else split_size(size_bytes)


def parse_size(text: str) -> int:
    """Return the bytes of a written size such as `1.5GB`, `20 MB` or `4096`; a bare number is in bytes.

    Raises:
        ValueError: The text is not a size, or is less than one byte.
    """
    found = _SIZE.fullmatch(text.strip())
    size_bytes = int(float(found[1]) * _UNITS[found[2].upper()]) if found else 0
    if size_bytes < 1:
        raise ValueError("a size such as 50MB or 1GB, or a number of bytes")
    return size_bytes


def parse_megabytes(text: str) -> int:
    """Return whole megabytes from a written size such as `25`, `25MB` or `1GB`; a bare number is in megabytes.

    Raises:
        ValueError: The text is not a size, or is not a whole number of megabytes from 1.
    """
    written = text.strip()
    try:
        megabytes, rest = divmod(parse_size(f"{written}M" if written.isdecimal() else written), MEGABYTE)
    except ValueError:
        # The sentence of `parse_size` would mislead: a bare number is not in bytes here.
        megabytes, rest = 0, 0
    if rest or not megabytes:
        raise ValueError("whole megabytes such as 50, 50MB or 1GB")
    return megabytes
