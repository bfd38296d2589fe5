"""Retention rules: pure decisions on how long files are kept, from a download's state and age."""

from datetime import timedelta
from enum import Enum, auto

import attrs

from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.status import DownloadStatus


class RetentionState(Enum):
    """The state of a download, as far as it matters for its files."""

    ALIVE = auto()
    """Not finished: all its files stay, at any age."""
    DELIVERED = auto()
    """Its files were delivered."""
    RETRYABLE = auto()
    """It failed and can be retried: its files save work."""
    ENDED = auto()
    """It failed permanently or was cancelled."""
    UNKNOWN = auto()
    """The database has no such download."""


def decide_retention_state(item: DownloadItem, *, retryable: bool) -> RetentionState:
    """Return the retention state of an item.

    Args:
        item: The download.
        retryable: Whether a later attempt may succeed in spite of the item's error.
    """
    if not item.is_finished:
        return RetentionState.ALIVE
    if item.status is DownloadStatus.COMPLETED:
        return RetentionState.DELIVERED
    return RetentionState.RETRYABLE if item.status is DownloadStatus.FAILED and retryable else RetentionState.ENDED


@attrs.frozen(kw_only=True)
class Retention:
    """The retention periods.

    Attributes:
        delivered: Period for stored files that were delivered.
        premium: The same for downloads of premium guilds.
        retryable: Period for all files of a failed download that can be retried.
        ended: Period for temporary files of a download that cannot be retried.
        abandoned: Period for temporary files that belong to no known download.
    """

    delivered: timedelta = timedelta(hours=24)
    premium: timedelta = timedelta(hours=72)
    retryable: timedelta = timedelta(hours=6)
    ended: timedelta = timedelta(minutes=30)
    abandoned: timedelta = timedelta(hours=1)

    def is_temp_expired(self, state: RetentionState, age: timedelta) -> bool:
        """Return whether a temporary folder is expired whose last change was `age` ago."""
        if state is RetentionState.ALIVE:
            return False
        periods = {
            RetentionState.RETRYABLE: self.retryable,
            RetentionState.ENDED: self.ended,
            RetentionState.UNKNOWN: self.abandoned,
        }
        return age >= periods.get(state, timedelta(0))

    def is_organised_expired(self, state: RetentionState, age: timedelta, stored: "StoredPeriod | None" = None) -> bool:
        """Return whether the folder of a stored download is expired.

        Args:
            state: The state of its download.
            age: The time since its last change.
            stored: The period from its record; None when it has no readable record.
        """
        if state is RetentionState.ALIVE:
            return False
        if state in {RetentionState.RETRYABLE, RetentionState.ENDED}:
            # Not delivered: the files are kept for as long as a retry may be requested.
            return age >= self.retryable
        return stored.age >= stored.kept if stored is not None else age >= self.delivered


@attrs.frozen(kw_only=True)
class StoredPeriod:
    """The retention of one stored download.

    Attributes:
        age: The time since it was stored.
        kept: How long it is kept from then on.
    """

    age: timedelta
    kept: timedelta
