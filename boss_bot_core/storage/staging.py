"""The folder in which an organised download is built before its name says that it is there."""

import hashlib
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import attrs

from boss_bot_core.domain.media import DownloadedFile
from boss_bot_core.storage.filenames import safe_filename
from boss_bot_core.storage.filesystem import link_or_copy, remove_tree, sync_folder
from boss_bot_core.storage.layout import CONTENT, StorageLayout
from boss_bot_core.storage.metadata import DownloadRecord, HistoryEntry, write_record
from boss_bot_core.storage.model import FinishedDownload


@attrs.frozen(kw_only=True)
class Staging:
    """A download on its way to its folder.

    Attributes:
        target: The folder that it will have.
        finished: What is put there.
        now: When, UTC.
        expires_at: When its retention ends, UTC.
    """

    target: Path
    finished: FinishedDownload
    now: datetime
    expires_at: datetime

    @property
    def folder(self) -> Path:
        """Where it is built."""
        return StorageLayout.staging_folder(self.target)

    def build(self) -> tuple[DownloadedFile, ...]:
        """Take the files in, anew; they are returned as they will be."""
        self.discard()
        content = self.folder / CONTENT
        content.mkdir(parents=True, mode=0o700)
        files = tuple(self._take(position, content) for position in range(len(self.finished.files)))
        sync_folder(content)
        return files

    def publish(self, files: tuple[DownloadedFile, ...]) -> None:
        """Write the record and put everything in the place of what may be at the target."""
        write_record(self.folder, self._record(files))
        replaced = StorageLayout.replaced_folder(self.target)
        if self.target.exists():
            self.target.rename(replaced)
        self.folder.rename(self.target)
        sync_folder(self.target.parent)
        remove_tree(replaced)

    def discard(self) -> None:
        """Drop what was built, and what an earlier attempt left of what it replaced."""
        remove_tree(self.folder)
        remove_tree(StorageLayout.replaced_folder(self.target))

    def _take(self, position: int, content: Path) -> DownloadedFile:
        finished, file = self.finished, self.finished.files[position]
        name = file.name or finished.media.caption or finished.item.media_key
        filename = safe_filename(name, file.extension, position if len(finished.files) > 1 else None)
        link_or_copy(file.path, content / filename)
        with (content / filename).open("rb") as stream:
            checksum = hashlib.file_digest(stream, "sha256").hexdigest()
        return DownloadedFile(
            id=uuid4(),
            download_item_id=finished.item.id,
            filename=filename,
            file_path=self.target / CONTENT / filename,
            size_bytes=(content / filename).stat().st_size,
            mime_type=file.mime_type,
            created_at=self.now,
            expires_at=self.expires_at,
            checksum=checksum,
            position=position,
            alt_text=file.alt_text,
            width=file.width,
            height=file.height,
            duration_s=file.duration_s,
        )

    def _record(self, files: tuple[DownloadedFile, ...]) -> DownloadRecord:
        item = self.finished.item
        organised = HistoryEntry(at=self.now, action="organised", detail=f"{len(files)} files")
        return DownloadRecord(
            item_id=item.id,
            url=item.url,
            media_key=item.media_key,
            plugin=item.plugin,
            user_id=item.user_id,
            guild_id=item.guild_id,
            channel_id=item.channel_id,
            requested_at=item.created_at,
            organised_at=self.now,
            expires_at=self.expires_at,
            media=self.finished.media,
            files=files,
            skipped=self.finished.skipped,
            history=(*self.finished.history, organised),
        )
