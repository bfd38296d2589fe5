"""A download: as somebody asks for it (`NewDownload`) and as the queue keeps it (`DownloadItem`)."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import attrs

from boss_bot_core.domain.clock import to_utc, to_utc_or_none
from boss_bot_core.domain.errors import ErrorType
from boss_bot_core.domain.link import DownloadOptions
from boss_bot_core.domain.status import FINISHED, RUNNING, DownloadPriority, DownloadStatus

LOCAL_ID = 0
"""User, guild and channel of a download asked for on the command line; Discord's ids are never 0."""

SHORT_ID_LENGTH = 6


@attrs.frozen(kw_only=True)
class Destination:
    """Where the files go.

    Attributes:
        kind: Which deliverer takes them.
        target: A folder's absolute path, or a Discord channel's id.
    """

    kind: Literal["folder", "discord"]
    target: str


@attrs.frozen(kw_only=True)
class NewDownload:
    """A download that is asked for and routed, not yet admitted.

    Attributes:
        url: The link as the person gave it, normalised.
        media_key: Same media, same key, whatever the link's form (`twitter:123`).
        plugin: Name of the first candidate.
        destination: Where the files go.
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
    max_attempts: int = 3

    def useful_file_bytes(self, cap_bytes: int) -> int:
        """Return the largest file worth fetching, under the program's own cap.

        A folder's limit is what the person said. A channel's limit says what fits: a larger file can still be made
        smaller, or kept on the host.
        """
        return min(cap_bytes, self.max_file_size_bytes) if self.destination.kind == "folder" else cap_bytes


@attrs.frozen(kw_only=True)
class DownloadItem(NewDownload):
    """A single download request as the queue keeps it.

    Attributes:
        claim: How often a runner took it: the fence of every write of that runner.
        attempt_count: Attempts so far, the running one included; one that a crash or a pause ended does not count.
        crash_count: How many in a row ended with the whole program and got no further than another such one.
        crash_size: How far the furthest of those got, bytes.
        not_before: Earliest start of a retry that waits, UTC.
        progress: Share downloaded, 0 to 1; 0 while the total is unknown.
        total_size: Bytes, when known.
        current_size: Bytes so far.
        error_message: One sentence for people.
        cancel_requested: Somebody wants it cancelled; the owner of the row acts on it.
        pause_requested: Somebody wants it paused.
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
    title: str | None = None
    author: str | None = None
    adult: bool = False
    cancel_requested: bool = False
    pause_requested: bool = False

    @property
    def short_id(self) -> str:
        """The first characters of the id: what people see and type."""
        return self.id.hex[:SHORT_ID_LENGTH]

    @property
    def is_running(self) -> bool:
        """Whether a runner owns it."""
        return self.status in RUNNING

    @property
    def is_finished(self) -> bool:
        """Whether only a person's wish can change it."""
        return self.status in FINISHED
