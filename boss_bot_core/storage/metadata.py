"""`metadata.json`: what is known of an organised download, readable by people and back into typed values."""

import json
from datetime import datetime
from pathlib import Path
from uuid import UUID

import attrs
from cattrs import BaseValidationError
from cattrs.preconf.json import make_converter

from boss_bot_core.domain.clock import to_utc
from boss_bot_core.domain.media import DownloadedFile, MediaInfo, SkippedFile
from boss_bot_core.storage.filesystem import translate_full_disk, write_file
from boss_bot_core.storage.layout import CONTENT, METADATA, StorageError

VERSION = 1


@attrs.frozen(kw_only=True)
class HistoryEntry:
    """One step of the processing history.

    Attributes:
        at: When, UTC.
        action: What was done, in one word or two: `downloaded`.
        detail: More about it, for people.
    """

    at: datetime = attrs.field(converter=to_utc)
    action: str
    detail: str | None = None


@attrs.frozen(kw_only=True)
class DownloadRecord:
    """What `metadata.json` holds. File paths in it are relative to the download's folder.

    Attributes:
        item_id: The download.
        url: The link that was asked for.
        media_key: Same media, same key.
        plugin: What fetched it.
        user_id: Who asked; 0 is the command line, as for the next two.
        guild_id: In which server.
        channel_id: In which channel.
        requested_at: When it was asked for, UTC.
        organised_at: When it was put here, UTC.
        expires_at: When retention ends, UTC.
        media: What the platform tells of it.
        files: The files in source order.
        skipped: What of the post is missing.
        history: What was done to it, in order.
        version: Of this form.
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
    history: tuple[HistoryEntry, ...] = ()
    version: int = VERSION


_CONVERTER = make_converter()
_CONVERTER.register_unstructure_hook(UUID, str)
_CONVERTER.register_structure_hook(UUID, lambda text, _: UUID(text))
_CONVERTER.register_unstructure_hook(Path, str)
_CONVERTER.register_structure_hook(Path, lambda text, _: Path(text))


def write_record(folder: Path, record: DownloadRecord) -> None:
    """Write the record of the download in `folder`, whose files may carry any folder in their paths."""
    files = tuple(attrs.evolve(file, file_path=Path(CONTENT, file.filename)) for file in record.files)
    values = _CONVERTER.unstructure(attrs.evolve(record, files=files))
    text = json.dumps(values, ensure_ascii=False, indent=2) + "\n"
    # A lone surrogate in a stranger's text cannot be UTF-8; "\udc80" is what JSON calls it.
    write_file(folder / METADATA, text.encode(errors="backslashreplace"))


def read_record(folder: Path) -> DownloadRecord | None:
    """Return the record of the download in `folder`, its files with absolute paths; None where there is none.

    Raises:
        StorageError: There is one that cannot be understood.
    """
    try:
        values = json.loads((folder / METADATA).read_bytes())
        record = _CONVERTER.structure(values, DownloadRecord)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (ValueError, KeyError, TypeError, RecursionError, BaseValidationError) as error:
        raise StorageError(f"The record of download {folder.name} cannot be read.") from error
    if any(Path(file.filename).name != file.filename for file in record.files):
        raise StorageError(f"The record of download {folder.name} names a file elsewhere.")
    files = tuple(attrs.evolve(file, file_path=folder / CONTENT / file.filename) for file in record.files)
    return attrs.evolve(record, files=files)


def add_entry(folder: Path, entry: HistoryEntry) -> None:
    """Add to the history of the download in `folder`; one that is not kept has none."""
    record = read_record(folder)
    if record is not None:
        with translate_full_disk():
            write_record(folder, attrs.evolve(record, history=(*record.history, entry)))
