"""The staging folder: a download is built in it and then renamed to its final folder."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import attrs

from boss_bot_core.domain.media import DownloadedFile
from boss_bot_core.errors import DownloadFailedError, translate_machine_errors
from boss_bot_core.storage.blocked_hashes import check_hashes, hash_file
from boss_bot_core.storage.filenames import safe_filename
from boss_bot_core.storage.filesystem import remove_tree, sync_path
from boss_bot_core.storage.layout import CONTENT, THUMBNAILS, StorageLayout
from boss_bot_core.storage.links import link_or_copy
from boss_bot_core.storage.metadata import write_record
from boss_bot_core.storage.model import VerifiedDownload
from boss_bot_core.storage.record import build_record


@attrs.frozen(kw_only=True)
class Staging:
    """The staging of one download.

    Attributes:
        target: The final folder.
        download: The download to store.
        now: The time of the commit, UTC.
        expires_at: The end of its retention, UTC.
    """

    target: Path
    download: VerifiedDownload
    now: datetime
    expires_at: datetime

    @property
    def folder(self) -> Path:
        """The staging folder, beside the final folder."""
        return StorageLayout.staging_folder(self.target)

    def build(self) -> tuple[DownloadedFile, ...]:
        """Build the staging folder from scratch and return the files with their final paths."""
        self.discard()
        content = self.folder / CONTENT
        content.mkdir(parents=True, mode=0o700)
        files = tuple(self._add_file(position, content) for position in range(len(self.download.files)))
        sync_path(content)
        return files

    def publish(self, files: tuple[DownloadedFile, ...]) -> None:
        """Write the record, and replace the final folder with the staging folder."""
        write_record(self.folder, build_record(self.download, files, now=self.now, expires_at=self.expires_at))
        replaced = StorageLayout.replaced_folder(self.target)
        if self.target.exists():
            self.target.rename(replaced)
        self.folder.rename(self.target)
        sync_path(self.target.parent)
        remove_tree(replaced)

    def discard(self) -> None:
        """Delete the staging folder, and the replaced folder that an earlier attempt may have left."""
        remove_tree(self.folder)
        remove_tree(StorageLayout.replaced_folder(self.target))

    @contextmanager
    def discarded_on_error(self) -> Iterator[None]:
        """Translate the machine's errors in the block, and free what was built: it would keep a full disk full."""
        try:
            with translate_machine_errors():
                yield
        except DownloadFailedError:
            remove_tree(self.folder)
            raise

    def _add_file(self, position: int, content: Path) -> DownloadedFile:
        download, file = self.download, self.download.files[position]
        fetched, facts = file.fetched, file.facts
        name = fetched.name or download.media.caption or download.item.media_key
        filename = safe_filename(name, file.extension, position if len(download.files) > 1 else None)
        link_or_copy(file.path, content / filename)
        checksum = hash_file(content / filename)
        check_hashes((checksum,), download.blocked_hashes)
        return DownloadedFile(
            id=uuid4(),
            download_item_id=download.item.id,
            filename=filename,
            file_path=self.target / CONTENT / filename,
            size_bytes=(content / filename).stat().st_size,
            mime_type=file.mime_type,
            created_at=self.now,
            expires_at=self.expires_at,
            checksum=checksum,
            position=position,
            alt_text=fetched.alt_text,
            width=facts.width,
            height=facts.height,
            duration_s=facts.duration_s,
            thumbnail_path=link_thumbnail(file.thumbnail, self.folder, self.target, Path(filename).stem),
        )


def link_thumbnail(source: Path | None, folder: Path, target: Path, name: str) -> Path | None:
    """Link a thumbnail into the folder in which a download is built, and return its final path; None without one.

    Args:
        source: The thumbnail, which may have been lost: the download is complete without it.
        folder: The folder in which the download is built.
        target: The download's final folder.
        name: File name of the thumbnail, without an extension.
    """
    if source is None or not source.is_file():
        return None
    (folder / THUMBNAILS).mkdir(mode=0o700, exist_ok=True)
    link_or_copy(source, folder / THUMBNAILS / (name + source.suffix))
    return target / THUMBNAILS / (name + source.suffix)
