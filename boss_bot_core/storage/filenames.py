"""File names that are safe on every disk and in every message, made from untrusted names."""

import mimetypes
import re
import unicodedata

MAX_NAME_BYTES = 120
"""Largest length of a whole name in UTF-8: below every common file system's limit, and short enough for a message."""

_FALLBACK = "file"
_EDGES = "._-"
_ALLOWED_PUNCTUATION = frozenset("._-")
_TYPES = mimetypes.MimeTypes(filenames=())
_OTHER_ENDINGS = frozenset((
    *("m2ts", "m4a", "m4b", "m4v", "mkv", "mts", "oga", "ogg", "ogv", "ts", "weba", "webm", "webp", "flv", "wmv"),
    *("asp", "aspx", "cgi", "jsp", "htm", "html", "php"),
))  # fmt: skip
"""Endings of media that Python's table of media types lacks, and of pages and programs of web servers."""

_EXTENSION = re.compile(r"\.[a-z0-9]{1,8}")
_RESERVED = re.compile(r"(con|prn|aux|nul|conin|conout|com[0-9]|lpt[0-9])", re.IGNORECASE)


def safe_filename(name: str | None, extension: str, position: int | None = None) -> str:
    """Return a safe name for a file.

    The name keeps letters, digits, marks, symbols such as emoji, and `._-`. It has no path, no control or invisible
    character, no mention, no markup, no leading dot or dash, and is no name that Windows reserves.

    Args:
        name: The source's name for the file, with or without an extension; untrusted.
        extension: The extension for the content's type, with the dot.
        position: The file's position in source order from 0, which makes the names of a post's files unique; None for
            the only file.
    """
    ending = extension.lower() if _EXTENSION.fullmatch(extension.lower()) else ".bin"
    number = "" if position is None else f"_{position + 1}"
    stem = _replace_unsafe_characters(_remove_extension(name or "", ending))
    max_bytes = MAX_NAME_BYTES - len(number) - len(ending)
    return _shorten(stem, max_bytes) + number + ending


def _remove_extension(name: str, ending: str) -> str:
    """Remove the ending of a media file, a page or a server's program, and a second one before it."""
    while _has_known_ending(name, ending):
        name = name.rpartition(".")[0]
    return name


def _has_known_ending(name: str, ending: str) -> bool:
    _, dot, last = name.lower().rpartition(".")
    guessed, _ = _TYPES.guess_type(f"x.{last}") if dot and last.isalnum() else (None, None)
    is_media = guessed is not None and guessed.startswith(("image/", "video/", "audio/"))
    return is_media or bool(dot and (last in _OTHER_ENDINGS or f".{last}" == ending))


def _replace_unsafe_characters(name: str) -> str:
    visible = "".join(char for char in name if unicodedata.category(char) not in {"Cc", "Cf"} or char.isspace())
    # Normalization comes first, because compatibility forms hide characters: a full-width "@" becomes an "@".
    kept = (char if _is_allowed(char) else "_" for char in unicodedata.normalize("NFKC", visible))
    stem = re.sub(r"_{2,}", "_", re.sub(r"\.{2,}", ".", "".join(kept)))
    return _trim(stem)


def _is_allowed(char: str) -> bool:
    category = unicodedata.category(char)
    return category[0] in "LNM" or category == "So" or char in _ALLOWED_PUNCTUATION


def _trim(stem: str) -> str:
    stem = stem.strip(_EDGES)
    while stem and unicodedata.category(stem[0])[0] == "M":
        stem = stem[1:].strip(_EDGES)
    if not stem:
        return _FALLBACK
    return f"{_FALLBACK}_{stem}" if _RESERVED.fullmatch(stem.partition(".")[0]) else stem


def _shorten(stem: str, max_bytes: int) -> str:
    return _trim(stem.encode()[:max_bytes].decode(errors="ignore"))
