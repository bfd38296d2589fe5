"""The record of a stored download and its file `metadata.json`, which people and the program can read."""

import json
from datetime import datetime
from pathlib import Path
from uuid import UUID

import attrs
from cattrs import BaseValidationError
from cattrs.preconf.json import make_converter

from boss_bot_core.domain.clock import to_utc
from boss_bot_core.domain.media import DownloadedFile, MediaInfo, SkippedFile
from boss_bot_core.errors import translate_machine_errors
from boss_bot_core.storage.filesystem import write_file
from boss_bot_core.storage.layout import CONTENT, METADATA_FILE_NAME, THUMBNAILS, StorageError
from boss_bot_core.storage.model import DOWNLOADED, REUSED, HistoryEntry

VERSION = 1


@attrs.frozen(kw_only=True)
class DownloadRecord:
    """The content of `metadata.json`. In the file, paths are relative to the download's folder.

    Attributes:
        item_id: The download's id.
        url: The requested link.
        media_key: The key of the media; the same media have the same key.
        plugin: The plugin that fetched the media.
        attempts: The attempts until the files were stored.
        user_id: The requester; 0 stands for the command line, here and in the next two fields.
        guild_id: The guild of the request.
        channel_id: The channel of the request.
        requested_at: The time of the request, UTC.
        organised_at: The time at which the download was stored, UTC.
        expires_at: The end of its retention, UTC.
        media: The platform's description of the post.
        files: The files in source order.
        skipped: The files of the post that are missing.
        history: The processing steps, in order.
        version: The version of this format.
    """

    item_id: UUID
    url: str
    media_key: str
    plugin: str
    user_id: int
    guild_id: int
    channel_id: int
    requested_at: datetime = attrs.field(converter=to_utc)
    organised_at: datetime = attrs.field(converter=to_utc)
    expires_at: datetime = attrs.field(converter=to_utc)
    media: MediaInfo = MediaInfo()
    files: tuple[DownloadedFile, ...] = ()
    skipped: tuple[SkippedFile, ...] = ()
    attempts: int = 1
    history: tuple[HistoryEntry, ...] = ()
    version: int = VERSION

    @property
    def is_reused(self) -> bool:
        """Whether the files are those of an earlier download of the same media."""
        actions = {entry.action for entry in self.history}
        return REUSED in actions and DOWNLOADED not in actions


_CONVERTER = make_converter()
_CONVERTER.register_unstructure_hook(UUID, str)
_CONVERTER.register_structure_hook(UUID, lambda text, _: UUID(text))
_CONVERTER.register_unstructure_hook(Path, str)
_CONVERTER.register_structure_hook(Path, lambda text, _: Path(text))


def write_record(folder: Path, record: DownloadRecord) -> None:
    """Write the record of the download in `folder`; the folders in the paths of its files are ignored."""
    files = tuple(_move_file(file, Path()) for file in record.files)
    values = _CONVERTER.unstructure(attrs.evolve(record, files=files))
    text = json.dumps(values, ensure_ascii=False, indent=2) + "\n"
    # An untrusted text may contain a lone surrogate, which UTF-8 cannot encode; JSON writes it as "\udc80".
    write_file(folder / METADATA_FILE_NAME, text.encode(errors="backslashreplace"))


def read_record(folder: Path) -> DownloadRecord | None:
    """Return the record of the download in `folder` with absolute paths, or None when there is none.

    Raises:
        StorageError: The record is not readable.
    """
    try:
        values = json.loads((folder / METADATA_FILE_NAME).read_bytes())
        record = _CONVERTER.structure(values, DownloadRecord)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (ValueError, KeyError, TypeError, RecursionError, BaseValidationError) as error:
        raise StorageError(f"The record of download {folder.name} cannot be read.") from error
    if any(Path(file.filename).name != file.filename for file in record.files):
        raise StorageError(f"The record of download {folder.name} names a file elsewhere.")
    files = tuple(_move_file(file, folder) for file in record.files)
    return attrs.evolve(record, files=files)


def _move_file(file: DownloadedFile, folder: Path) -> DownloadedFile:
    """Return a file with its paths below `folder`, whatever folder they name."""
    thumbnail = None if file.thumbnail_path is None else folder / THUMBNAILS / file.thumbnail_path.name
    return attrs.evolve(file, file_path=folder / CONTENT / file.filename, thumbnail_path=thumbnail)


def add_history_entry(folder: Path, entry: HistoryEntry) -> None:
    """Append an entry to the history of the download in `folder`; without effect when there is no record."""
    record = read_record(folder)
    if record is not None:
        with translate_machine_errors():
            write_record(folder, attrs.evolve(record, history=(*record.history, entry)))
