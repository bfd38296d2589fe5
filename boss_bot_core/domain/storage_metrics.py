"""The metrics of storage, which the clean-ups keep up to date."""

from collections.abc import Mapping
from datetime import datetime

import attrs

from boss_bot_core.domain.cleanup import CleanupStats
from boss_bot_core.domain.clock import to_utc_or_none
from boss_bot_core.domain.storage import StorageErrorKind


@attrs.frozen(kw_only=True)
class StorageMetrics:
    """The PRD's metrics of storage.

    Attributes:
        total_space_used: Bytes of all stored and unfinished downloads; what several downloads share counts once.
        temp_space_used: Bytes of the unfinished downloads.
        downloads_per_guild: Number of stored downloads of each guild; `LOCAL_ID` stands for the command line.
        cleanup_stats: The totals of the clean-ups.
        error_counts: Number of storage errors of each kind, since the bot's start.
        measured_at: The time of the last measurement, UTC; None before the first one.
    """

    total_space_used: int = 0
    temp_space_used: int = 0
    downloads_per_guild: Mapping[int, int] = attrs.field(factory=dict)
    cleanup_stats: CleanupStats = attrs.field(factory=CleanupStats)
    error_counts: Mapping[StorageErrorKind, int] = attrs.field(factory=dict)
    measured_at: datetime | None = attrs.field(default=None, converter=to_utc_or_none)
