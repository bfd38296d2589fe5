"""The integrity of stored files: compares them with the sizes and checksums in their `metadata.json`."""

import asyncio
import hashlib
import stat
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

import attrs

from boss_bot_core.domain.media import DownloadedFile
from boss_bot_core.domain.sizes import MEGABYTE
from boss_bot_core.storage.layout import METADATA_FILE_NAME, StorageError, StorageLayout
from boss_bot_core.storage.metadata import read_record
from boss_bot_core.storage.scan import ItemFolder, list_stored_folders

_CHUNK_BYTES = 4 * MEGABYTE


@attrs.frozen(kw_only=True)
class FileCheck:
    """The result for one stored file, or for a download as a whole.

    Attributes:
        item_id: The download's id.
        guild_id: Its guild.
        filename: The file's name; `metadata.json` stands for the record itself.
        size_bytes: The bytes that were read.
        problem: What is wrong; None for a good file.
    """

    item_id: UUID
    guild_id: int
    filename: str
    size_bytes: int = 0
    problem: str | None = None

    def __str__(self) -> str:
        return f"{self.item_id}, {self.filename}: {self.problem or 'good'}"


async def check_stored_files(
    layout: StorageLayout, *, guild_id: int | None = None, bytes_per_s: float | None = None
) -> AsyncGenerator[FileCheck]:
    """Check every stored file, in threads and piece by piece, so that a cancellation takes effect at once.

    Args:
        layout: The folders.
        guild_id: Only the files of this guild; None means all.
        bytes_per_s: How fast files are read at most; None means as fast as the disk is.
    """
    for folder in await asyncio.to_thread(lambda: tuple(list_stored_folders(layout))):
        if folder.kind != "organised" or guild_id not in {None, folder.guild_id}:
            continue
        result = FileCheck(item_id=folder.item_id, guild_id=folder.guild_id, filename=METADATA_FILE_NAME)
        try:
            record = await asyncio.to_thread(read_record, folder.path)
        except StorageError:
            yield attrs.evolve(result, problem="cannot be read")
            continue
        if record is None:
            if folder.path.exists():
                yield attrs.evolve(result, problem="is missing")
            continue
        for file in record.files:
            problem, size_bytes = await _check_file(file, bytes_per_s)
            # A download that was deleted in the meantime has no problem.
            if problem is None or _is_still_stored(folder):
                yield attrs.evolve(result, filename=file.filename, size_bytes=size_bytes, problem=problem)


def _is_still_stored(folder: ItemFolder) -> bool:
    return (folder.path / METADATA_FILE_NAME).exists()


async def _check_file(file: DownloadedFile, bytes_per_s: float | None) -> tuple[str | None, int]:
    try:
        if not stat.S_ISREG((await asyncio.to_thread(file.file_path.lstat)).st_mode):
            return "is not a regular file", 0
        size_bytes, checksum = await _read_checksum(file.file_path, bytes_per_s)
    except FileNotFoundError:
        return "is missing", 0
    except OSError as error:
        return f"cannot be read ({error.strerror})", 0
    if size_bytes != file.size_bytes:
        return f"has {size_bytes} bytes instead of {file.size_bytes}", size_bytes
    return (None if checksum == file.checksum else "is damaged: its checksum differs"), size_bytes


async def _read_checksum(path: Path, bytes_per_s: float | None) -> tuple[int, str]:
    digest, size_bytes = hashlib.sha256(), 0
    with await asyncio.to_thread(path.open, "rb") as stream:
        while size := await asyncio.to_thread(lambda: _hash_chunk(stream, digest)):
            size_bytes += size
            if bytes_per_s is not None:
                await asyncio.sleep(size / bytes_per_s)
    return size_bytes, digest.hexdigest()


def _hash_chunk(stream: BinaryIO, digest: "hashlib._Hash") -> int:
    chunk = stream.read(_CHUNK_BYTES)
    digest.update(chunk)
    return len(chunk)
