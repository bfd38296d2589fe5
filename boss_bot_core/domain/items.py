"""A download: as requested (`NewDownload`) and as stored in the queue (`DownloadItem`)."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import attrs

from boss_bot_core.domain.clock import to_utc, to_utc_or_none
from boss_bot_core.domain.errors import ErrorType
from boss_bot_core.domain.link import DownloadOptions, FitChoice
from boss_bot_core.domain.status import FINISHED, RUNNING, DownloadPriority, DownloadStatus

LOCAL_ID = 0
"""Id of the user, guild and channel of a download requested on the command line; Discord's ids are never 0."""

SHORT_ID_LENGTH = 6


@attrs.frozen(kw_only=True)
class Destination:
    """Where the files of a download are delivered.

    Attributes:
        kind: The deliverer that delivers them.
        target: A folder's absolute path, or a Discord channel's id.
    """

    kind: Literal["folder", "discord"]
    target: str


@attrs.frozen(kw_only=True)
class NewDownload:
    """A download that is requested and routed, but not yet admitted to the queue.

    Attributes:
        url: The link that the user gave, normalised.
        media_key: Key of the media (`twitter:123`), the same for every form of its link.
        plugin: Name of the first candidate.
        destination: Where the files are delivered; a folder is on the requesting `machine` (None in old rows: any).
        max_file_size_bytes: The destination's limit for one file.
    """

    url: str
    media_key: str
    plugin: str
    destination: Destination
    max_file_size_bytes: int
    user_id: int = LOCAL_ID
    guild_id: int = LOCAL_ID
    channel_id: int = LOCAL_ID
    priority: DownloadPriority = DownloadPriority.NORMAL
    options: DownloadOptions = DownloadOptions()
    max_attempts: int = 4
    machine: str | None = None


@attrs.frozen(kw_only=True)
class DownloadItem(NewDownload):
    """A download in the queue.

    Attributes:
        claim: Number of times that a runner has claimed the item; it fences every write of that runner.
        attempt_count: Attempts so far, including the running one; attempts ended by a crash or a pause do not count.
        crash_count: Crashes of the whole program in a row while this item ran; the count starts again when an attempt
            gets further than all earlier ones.
        crash_size: Most bytes that an attempt reached before such a crash.
        not_before: Earliest start of a scheduled retry, or until when the site of a failed item asks to wait, UTC.
        progress: Downloaded share, 0 to 1; 0 while the total is unknown.
        total_size: Total bytes, when known.
        current_size: Bytes downloaded so far.
        error_message: One sentence for the user.
        choices: Possible answers of the requester, when the error asks for a decision.
        cancel_requested: A user requested to cancel the item; the runner that claimed it acts on it.
        pause_requested: A user requested to pause the item.
    """

    id: UUID
    status: DownloadStatus
    created_at: datetime = attrs.field(converter=to_utc)
    started_at: datetime | None = attrs.field(default=None, converter=to_utc_or_none)
    completed_at: datetime | None = attrs.field(default=None, converter=to_utc_or_none)
    not_before: datetime | None = attrs.field(default=None, converter=to_utc_or_none)
    progress: float = 0.0
    total_size: int | None = None
    current_size: int | None = None
    attempt_count: int = 0
    claim: int = 0
    crash_count: int = 0
    crash_size: int = 0
    error_type: ErrorType | None = None
    error_message: str | None = None
    choices: tuple[FitChoice, ...] = ()
    title: str | None = None
    author: str | None = None
    adult: bool = False
    cancel_requested: bool = False
    pause_requested: bool = False

    @property
    def short_id(self) -> str:
        """The first characters of the id, which users see and type."""
        return self.id.hex[:SHORT_ID_LENGTH]

    @property
    def is_running(self) -> bool:
        """Whether a runner has claimed the item."""
        return self.status in RUNNING

    @property
    def is_finished(self) -> bool:
        """Whether the item has ended; only a retry requested by a user can change it."""
        return self.status in FINISHED
