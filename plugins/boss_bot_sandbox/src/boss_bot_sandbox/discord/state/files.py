"""Stores uploaded files on disk and attaches them to messages.

A REST upload is written piece by piece, because uploads of a hundred megabytes are common.
"""

from __future__ import annotations

import asyncio
import re
import secrets
from pathlib import Path
from typing import IO, TYPE_CHECKING
from urllib.parse import quote

from boss_bot_sandbox.discord.errors import TooLargeError
from boss_bot_sandbox.discord.model.attachment import Attachment, Upload
from boss_bot_sandbox.discord.options import TooLargeVariant
from boss_bot_sandbox.discord.state.media_probe import probe_media
from boss_bot_sandbox.discord.state.permissions import upload_limit_bytes

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.model.snowflake import Snowflake
    from boss_bot_sandbox.discord.state.server_state import ServerState

_UNSAFE = re.compile(r"[^\w.\-()]+")


class UploadWriter:
    """Writes one uploaded file to disk, piece by piece."""

    def __init__(self, state: ServerState, slot: int, filename: str) -> None:
        self._slot = slot
        self._filename = _UNSAFE.sub("_", Path(filename).name) or "unknown"
        self._path = state.directory / f"{secrets.token_hex(8)}{Path(self._filename).suffix[:16]}"
        self._file: IO[bytes] = self._path.open("wb")
        self._size_bytes = 0

    def write(self, piece: bytes) -> None:
        """Append a piece."""
        self._file.write(piece)
        self._size_bytes += len(piece)

    async def finish(self) -> Upload:
        """Close the file, probe its media properties and return the upload."""
        self._file.close()
        facts = await asyncio.to_thread(probe_media, self._filename, self._path)
        return Upload(
            slot=self._slot, filename=self._filename, size_bytes=self._size_bytes, path=self._path, facts=facts
        )

    def discard(self) -> None:
        """Close and delete the file of an incomplete upload."""
        self._file.close()
        self._path.unlink(missing_ok=True)


async def store_upload(state: ServerState, slot: int, filename: str, data: bytes) -> Upload:
    """Store a file that is in memory, as tests attach them."""
    intake = UploadWriter(state, slot, filename)
    await asyncio.to_thread(intake.write, data)
    return await intake.finish()


def check_upload_sizes(state: ServerState, guild_id: Snowflake | None, uploads: tuple[Upload, ...]) -> None:
    """Raise an error if a file exceeds the limit of the guild.

    Raises:
        TooLargeError: A file is larger than the boost tier of the guild allows.
    """
    limit = upload_limit_bytes(state, guild_id)
    if any(upload.size_bytes > limit for upload in uploads):
        raise TooLargeError(by_proxy=state.options.too_large is TooLargeVariant.CLOUDFLARE)


def attach_uploads(
    state: ServerState,
    channel_id: Snowflake,
    uploads: tuple[Upload, ...],
    descriptions: dict[int, str],
    *,
    ephemeral: bool = False,
) -> tuple[Attachment, ...]:
    """Convert uploads to attachments with ids and addresses, in the order of the uploads."""
    folder = "ephemeral-attachments" if ephemeral else "attachments"
    attachments = []
    for upload in uploads:
        file_id = state.ids.generate()
        attachments.append(
            Attachment(
                id=file_id,
                filename=upload.filename,
                size_bytes=upload.size_bytes,
                content_type=upload.facts.content_type,
                url=f"{state.cdn_url}/{folder}/{channel_id}/{file_id}/{quote(upload.filename)}",
                path=upload.path,
                width=upload.facts.width,
                height=upload.facts.height,
                duration_s=upload.facts.duration_s,
                description=descriptions.get(upload.slot),
                ephemeral=ephemeral,
            )
        )
    state.files |= {attachment.id: attachment for attachment in attachments}
    return tuple(attachments)


def delete_files(state: ServerState, attachments: tuple[Attachment, ...]) -> None:
    """Delete the files of a deleted message; their addresses answer 404 from now on."""
    for attachment in attachments:
        state.files.pop(attachment.id, None)
        attachment.path.unlink(missing_ok=True)
