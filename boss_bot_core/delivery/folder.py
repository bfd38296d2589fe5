"""Delivery to a local folder, as requested by `boss-bot get --out DIR`."""

import asyncio
import errno
import hashlib
import os
import shutil
from itertools import count
from pathlib import Path

from boss_bot_core.concurrency import shielded
from boss_bot_core.delivery.deliverer import Delivery, Receipt
from boss_bot_core.domain.media import DownloadedFile
from boss_bot_core.errors import (
    DiskFullError,
    DownloadFailedError,
    MachineError,
    NotFoundError,
    PermissionDeniedError,
    find_machine_error,
)


class FolderRefusedError(PermissionDeniedError):
    """The folder is not writable. The same error code also means that a site denied access; the advice differs."""

    advice = "Give another folder with `--out`."


class FolderDeliverer:
    """Copies files to the destination's folder; an existing file with the same content is kept."""

    async def deliver(self, delivery: Delivery) -> tuple[Receipt, ...]:
        """Copy every file and return its path.

        Raises:
            DiskFullError: The disk is full.
            FolderRefusedError: The folder is not writable.
        """
        folder = Path(delivery.item.destination.target)
        return tuple([await _copy_to_end(file, folder) for file in delivery.files])


@shielded
async def _copy_to_end(file: DownloadedFile, folder: Path) -> Receipt:
    # A thread continues when its task is cancelled, and would write the same file as the next attempt.
    return await asyncio.to_thread(_copy, file, folder)


def _copy(file: DownloadedFile, folder: Path) -> Receipt:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        target = _choose_target(file, folder)
        if not target.exists():
            # An incomplete copy never has the final name.
            partial = target.with_name(f".{target.name}.{file.id.hex[:8]}.part")
            try:
                shutil.copyfile(file.file_path, partial)
                partial.replace(target)
            finally:
                partial.unlink(missing_ok=True)
    except OSError as exc:
        raise _to_delivery_error(exc, file, folder) from exc
    return Receipt(position=file.position, reference=str(target))


def _to_delivery_error(error: OSError, file: DownloadedFile, folder: Path) -> DownloadFailedError:
    found = find_machine_error(error)
    if isinstance(found, DiskFullError):
        return DiskFullError(f"There is no room left in {folder.name!r}.")
    # An error of the copy itself names both files.
    if error.filename2 is None and Path(error.filename or folder) == file.file_path:
        if isinstance(error, FileNotFoundError):
            return NotFoundError("The files are not kept any more.")
        return found or MachineError("The bot may not use one of its own files.")
    if isinstance(found, MachineError) and error.errno != errno.EROFS:
        return found
    return FolderRefusedError(f"Cannot write to {folder.name!r}: {os.strerror(error.errno or 0)}.")


def _choose_target(file: DownloadedFile, folder: Path) -> Path:
    name = Path(file.filename)
    for number in count(1):
        target = folder / (name.name if number == 1 else f"{name.stem} ({number}){name.suffix}")
        if not target.exists() or _has_content(target, file):
            return target
    raise AssertionError  # count() does not end


def _has_content(path: Path, file: DownloadedFile) -> bool:
    if not path.is_file() or path.stat().st_size != file.size_bytes:
        return False
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest() == file.checksum
