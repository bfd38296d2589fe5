"""What the pipeline hands to storage: a download whose files were looked at."""

from pathlib import Path

import attrs

from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.media import MediaInfo, SkippedFile
from boss_bot_core.storage.metadata import HistoryEntry


@attrs.frozen(kw_only=True)
class VerifiedFile:
    """A file whose content was looked at.

    Attributes:
        path: Where it is, below the download's temporary folder.
        mime_type: By content.
        extension: By content, with the dot.
        name: The source's own name for it, untrusted.
        alt_text: The platform's description for people who cannot see it.
        width: Pixels, when known.
        height: Pixels, when known.
        duration_s: Seconds, when known.
    """

    path: Path
    mime_type: str
    extension: str
    name: str | None = None
    alt_text: str | None = None
    width: int | None = None
    height: int | None = None
    duration_s: float | None = None


@attrs.frozen(kw_only=True)
class FinishedDownload:
    """What is to be organised.

    Attributes:
        item: The download.
        files: In source order.
        media: What the platform tells of it.
        skipped: What of the post is missing.
        history: What was done to it so far.
    """

    item: DownloadItem
    files: tuple[VerifiedFile, ...]
    media: MediaInfo = MediaInfo()
    skipped: tuple[SkippedFile, ...] = ()
    history: tuple[HistoryEntry, ...] = ()
