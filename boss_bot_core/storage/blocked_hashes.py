"""The operator's list of forbidden content: the SHA-256 of each file that is never stored or delivered."""

import hashlib
import re
from collections.abc import Collection, Iterable
from pathlib import Path

from boss_bot_core.errors import SettingsError, SuspiciousFileError

_HASH = re.compile(r"[0-9a-f]{64}")

BlockedHashes = frozenset[str]
"""SHA-256 of forbidden files, hexadecimal in small letters."""


def read_blocked_hashes(path: Path | None) -> BlockedHashes:
    """Return the hashes in a file: one at the start of each line, as sha256sum prints them; `#` begins a comment.

    Raises:
        SettingsError: The file cannot be read, or a line has no hash; the text names the line.
    """
    if path is None:
        return frozenset()
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no text in UTF-8"
        raise SettingsError(f"blocked_hashes_file: {path} cannot be read: {reason}.") from error
    hashes = set()
    for number, line in enumerate(lines, 1):
        words = line.partition("#")[0].lower().split(maxsplit=1)
        if words and not _HASH.fullmatch(words[0]):
            raise SettingsError(
                f"blocked_hashes_file: line {number} of {path} has no SHA-256 of 64 hexadecimal digits."
            )
        hashes.update(words[:1])
    return frozenset(hashes)


def check_hashes(hashes: Iterable[str], blocked: Collection[str]) -> None:
    """Raise a SuspiciousFileError if one of the hashes is blocked."""
    if any(each in blocked for each in hashes):
        raise SuspiciousFileError("The bot's operator does not allow this file.", advice="Nothing was delivered.")


def check_contents(paths: Iterable[Path], blocked: Collection[str]) -> None:
    """Raise a SuspiciousFileError if a file's content is blocked; blocking, but reads no file without a list."""
    if blocked:
        check_hashes(map(hash_file, paths), blocked)


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file, hexadecimal; blocking."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
