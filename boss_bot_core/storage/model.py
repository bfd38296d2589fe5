"""The values that the pipeline hands to storage: a verified file, a step of the history, and a download."""

from datetime import datetime
from pathlib import Path

import attrs

from boss_bot_core.domain.clock import to_utc
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.media import MediaInfo, SkippedFile
from boss_bot_core.plugin import FetchedFile, FileFacts
from boss_bot_core.storage.blocked_hashes import BlockedHashes

FALLBACK_TYPE = "application/octet-stream"
"""The MIME type of a file whose inspection found none."""


@attrs.frozen(kw_only=True)
class VerifiedFile:
    """A fetched file that passed its inspection: the only kind of file that is stored and delivered.

    Attributes:
        fetched: The file as the plugin described it; below the download's temporary folder, or stored.
        facts: The facts that the inspection read from the file's content.
        thumbnail: A small picture of the file, likewise below the temporary folder, or None.
    """

    fetched: FetchedFile
    facts: FileFacts
    thumbnail: Path | None = None

    @property
    def path(self) -> Path:
        """The file's path in the temporary folder."""
        return self.fetched.path

    @property
    def mime_type(self) -> str:
        """The type of the content."""
        return self.facts.mime_type or FALLBACK_TYPE

    @property
    def extension(self) -> str:
        """The usual extension for the content, with the dot."""
        return self.facts.extension or self.fetched.path.suffix


DOWNLOADED = "downloaded"
"""The step in which a plugin fetched the files."""

REUSED = "delivered from storage"
"""The step that took the files of an earlier download."""


@attrs.frozen(kw_only=True)
class HistoryEntry:
    """One step of the processing history.

    Attributes:
        at: The time of the step, UTC.
        action: The step in one or two words, such as `downloaded`.
        detail: Details for people.
    """

    at: datetime = attrs.field(converter=to_utc)
    action: str
    detail: str | None = None


@attrs.frozen(kw_only=True)
class VerifiedDownload:
    """A download to store.

    Attributes:
        item: The download's queue item.
        files: The files in source order.
        media: The platform's description of the post.
        skipped: The files of the post that are missing.
        history: The processing steps so far.
        blocked_hashes: SHA-256 of files that must not be stored.
    """

    item: DownloadItem
    files: tuple[VerifiedFile, ...]
    media: MediaInfo = MediaInfo()
    skipped: tuple[SkippedFile, ...] = ()
    history: tuple[HistoryEntry, ...] = ()
    blocked_hashes: BlockedHashes = frozenset()
