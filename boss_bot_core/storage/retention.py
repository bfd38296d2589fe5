"""How long what lies on disk is kept: pure decisions out of a download's fate and its age."""

from datetime import datetime, timedelta
from enum import Enum, auto

import attrs

from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.status import DownloadStatus


class RetentionState(Enum):
    """What became of a download, as far as its files are concerned."""

    ALIVE = auto()
    """It is not over: everything stays, however old."""
    DELIVERED = auto()
    """Its files arrived."""
    RETRYABLE = auto()
    """It failed, and can be tried again: what it left saves work."""
    ENDED = auto()
    """It failed for good or was cancelled."""
    UNKNOWN = auto()
    """No such download is known."""


def retention_state(item: DownloadItem, *, retryable: bool) -> RetentionState:
    """Return the fate of an item.

    Args:
        item: The download.
        retryable: Whether its error is one that a later attempt may not meet.
    """
    if not item.is_finished:
        return RetentionState.ALIVE
    if item.status is DownloadStatus.COMPLETED:
        return RetentionState.DELIVERED
    return RetentionState.RETRYABLE if item.status is DownloadStatus.FAILED and retryable else RetentionState.ENDED


@attrs.frozen(kw_only=True)
class Retention:
    """The periods.

    Attributes:
        delivered: Organised files that arrived.
        retryable: What a failed download left that can be tried again.
        ended: The temporary files of one that cannot.
        abandoned: Temporary files that belong to no download.
    """

    delivered: timedelta = timedelta(hours=24)
    retryable: timedelta = timedelta(hours=6)
    ended: timedelta = timedelta(minutes=30)
    abandoned: timedelta = timedelta(hours=1)

    def is_temp_expired(self, state: RetentionState, age: timedelta) -> bool:
        """Tell whether a temporary folder goes that changed last `age` ago."""
        if state is RetentionState.ALIVE:
            return False
        periods = {
            RetentionState.RETRYABLE: self.retryable,
            RetentionState.ENDED: self.ended,
            RetentionState.UNKNOWN: self.abandoned,
        }
        return age >= periods.get(state, timedelta(0))

    def is_organised_expired(
        self, state: RetentionState, age: timedelta, expires_at: datetime | None, now: datetime
    ) -> bool:
        """Tell whether an organised folder goes.

        Args:
            state: What became of its download.
            age: Since its last change.
            expires_at: What its record says; None where it has none.
            now: The present.
        """
        if state is RetentionState.ALIVE:
            return False
        if state in {RetentionState.RETRYABLE, RetentionState.ENDED}:
            # Never delivered: kept as long as somebody may ask for another try.
            return age >= self.retryable
        return now >= expires_at if expires_at is not None else age >= self.delivered
