"""The compression of old log files: those that the log has rotated away. Their number is limited by the log itself."""

import contextlib
import gzip
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from boss_bot_core.log.setup import LOG_NAME

_COMPRESSED = ".gz"
_PART = ".part"


def compress_old_logs(folder: Path) -> int:
    """Compress the rotated log files in `folder`, and return how many there were; blocking.

    Each file keeps its time of change, by which the log later finds the oldest ones. A crash leaves the original, or
    the original beside its compressed copy, which is then made again.

    Raises:
        OSError: A file cannot be read or written.
    """
    count = 0
    for path in _list_rotated(folder):
        # The log may delete its oldest file at any time.
        with contextlib.suppress(FileNotFoundError):
            _compress(path)
            count += 1
    return count


def _list_rotated(folder: Path) -> Iterator[Path]:
    # Rotated files have the time of the rotation in their name: boss-bot.2026-07-01_04-00-00_000000.jsonl.
    active = Path(LOG_NAME)
    yield from sorted(path for path in folder.glob(f"{active.stem}.*{active.suffix}") if path.is_file())


def _compress(path: Path) -> None:
    target = path.with_name(path.name + _COMPRESSED)
    part = target.with_name(f".{target.name}{_PART}")
    opened = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with path.open("rb") as source, os.fdopen(opened, "wb") as raw, gzip.GzipFile(path.name, "wb", 6, raw) as packed:
        shutil.copyfileobj(source, packed)
    status = path.stat()
    os.utime(part, ns=(status.st_atime_ns, status.st_mtime_ns))
    part.replace(target)
    path.unlink()
