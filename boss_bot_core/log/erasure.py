"""The erasure of lines from log files: of what they have about one person, in old files and in the open one."""

import contextlib
import gzip
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from boss_bot_core.log.setup import LOG_NAME

_ERASED = b'{"level": "INFO", "message": "Erased on request."}'
_WORD = re.compile(rb"[0-9A-Za-z]+")
_LINK = re.compile(rb"https?://[^\s\"'<>\\]+")
_LINK_END = b".,;:!?)]}"


def erase_lines(folder: Path, words: Iterable[str], links: Iterable[str]) -> int:
    """Erase every line of the log files in `folder` that has one of some words or links; blocking.

    An erased line keeps its length. Processes append to the open file, and the log measures it to rotate it: its name,
    its length and the place of every other line stay as they are.

    Args:
        folder: The folder of the log.
        words: Words of letters and digits, such as ids; each is found as a whole word only.
        links: Links, each found as a whole.

    Returns:
        How many lines were erased.

    Raises:
        OSError: A file cannot be read or written.
    """
    for part in folder.glob(f".{Path(LOG_NAME).stem}*.part"):
        part.unlink(missing_ok=True)  # an archive that a crash left half-written
    wanted = frozenset(word.encode() for word in words), frozenset(link.encode() for link in links)
    count = 0
    for path in _list_files(folder):
        # The log may rotate its file or delete its oldest one at any time; a rotated file is the same file.
        with contextlib.suppress(FileNotFoundError):
            count += _erase_in_archive(path, *wanted) if path.suffix == ".gz" else _erase_in_place(path, *wanted)
    return count


def _list_files(folder: Path) -> Iterator[Path]:
    # The newest last: a file that is rotated meanwhile is met again under its new name, or has been done already.
    yield from sorted(
        folder.glob(f"{Path(LOG_NAME).stem}*.jsonl*"), key=lambda path: (path.name == LOG_NAME, path.name)
    )


def _is_wanted(line: bytes, words: frozenset[bytes], links: frozenset[bytes]) -> bool:
    if not words.isdisjoint(_WORD.findall(line)):
        return True
    return any(link in links or link.rstrip(_LINK_END) in links for link in _LINK.findall(line))


def _blank(line: bytes) -> bytes:
    length = len(line) - 1
    return (_ERASED if length >= len(_ERASED) else b"").ljust(length) + b"\n"


def _erase_in_place(path: Path, words: frozenset[bytes], links: frozenset[bytes]) -> int:
    count = offset = 0
    # Without a buffer in front of the writes, and without O_APPEND, which would move them to the end.
    with path.open("rb") as reader, path.open("r+b", buffering=0) as writer:
        for line in reader:
            # A line without its end is still being written.
            if line.endswith(b"\n") and _is_wanted(line, words, links):
                os.pwrite(writer.fileno(), _blank(line), offset)
                count += 1
            offset += len(line)
        if count:
            os.fsync(writer.fileno())
    return count


def _erase_in_archive(path: Path, words: frozenset[bytes], links: frozenset[bytes]) -> int:
    with gzip.open(path, "rb") as packed:
        lines = packed.readlines()
    count = sum(_is_wanted(line, words, links) for line in lines)
    if count:
        kept = b"".join(_blank(line) if _is_wanted(line, words, links) else line for line in lines)
        status, part = path.stat(), path.with_name(f".{path.name}.part")
        opened = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        with os.fdopen(opened, "wb") as raw, gzip.GzipFile(path.stem, "wb", 6, raw) as target:
            target.write(kept)
        # The log finds its oldest files by this time.
        os.utime(part, ns=(status.st_atime_ns, status.st_mtime_ns))
        part.replace(path)
    return count
