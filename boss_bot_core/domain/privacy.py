"""What is kept of a user or a server, in numbers, and what a deletion has removed."""

from datetime import timedelta
from typing import Literal

import attrs


@attrs.frozen(kw_only=True)
class DataOwner:
    """The one whose data is meant: a user, in all servers, or a server with everything that its members requested.

    Attributes:
        kind: What the id names.
        id: Discord's id.
    """

    kind: Literal["user", "guild"]
    id: int = attrs.field(validator=attrs.validators.ge(1))


@attrs.frozen(kw_only=True)
class KeptData:
    """Numbers of what is kept of one owner.

    Attributes:
        downloads: Downloads, unfinished ones included.
        unfinished: Those of them that wait, are paused or run.
        files: Records of stored files.
        messages: Records of messages: cards, and messages that delivered files.
        settings: Records of settings, limits and counts.
    """

    downloads: int = 0
    unfinished: int = 0
    files: int = 0
    messages: int = 0
    settings: int = 0


@attrs.frozen(kw_only=True)
class DeletionReport:
    """Numbers of what one deletion has removed.

    Attributes:
        cancelled: Downloads that were cancelled first; they are among `downloads`, unless they are among `remaining`.
        downloads: Records of downloads.
        files: Records of stored files.
        messages: Records of messages.
        settings: Records of settings, limits and counts.
        folders: Folders on the disk, with the files and the description of a download.
        freed_bytes: Bytes that they had.
        log_lines: Lines of log files.
        remaining: Downloads that did not stop in time, and were not deleted.
        failed: What could not be deleted: each a download's id and the reason.
    """

    cancelled: int = 0
    downloads: int = 0
    files: int = 0
    messages: int = 0
    settings: int = 0
    folders: int = 0
    freed_bytes: int = 0
    log_lines: int = 0
    remaining: int = 0
    failed: tuple[str, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether nothing of the owner is left."""
        return not self.remaining and not self.failed


@attrs.frozen(kw_only=True)
class HistoryRetention:
    """How long records stay that nothing needs any more.

    Attributes:
        downloads: Period for finished downloads without stored files, and for a user's count of downloads.
        left_guild: Period for everything of a server that the bot has left.
    """

    downloads: timedelta = timedelta(days=30)
    left_guild: timedelta = timedelta(days=7)


@attrs.frozen(kw_only=True)
class KeptPeriods:
    """How long an installation keeps what it keeps, as its operator has set it.

    Attributes:
        files: Period for delivered files.
        premium_files: The same in premium guilds.
        failed_files: Period for what a failed download left.
        records: Period for records of finished downloads.
        left_guild: Period for everything of a guild that the bot has left.
        log_bytes: Size of all log files together, at which the oldest lines are deleted.
    """

    files: timedelta
    premium_files: timedelta
    failed_files: timedelta
    records: timedelta
    left_guild: timedelta
    log_bytes: int
