"""The queue of downloads: admission, the order of starts, fenced writes by claim, and control requests."""

from boss_bot_core.queue.control_rules import ControlOutcome, ControlResult
from boss_bot_core.queue.errors import (
    AmbiguousIdError,
    DispatcherElsewhereError,
    DispatcherRunningError,
    QueueError,
    StaleClaimError,
    TransitionRefusedError,
    UnknownItemError,
)
from boss_bot_core.queue.limits import QueueLimits
from boss_bot_core.queue.queue import DownloadQueue
from boss_bot_core.queue.start_verdict import StartVerdict

__all__ = [
    "AmbiguousIdError",
    "ControlOutcome",
    "ControlResult",
    "DispatcherElsewhereError",
    "DispatcherRunningError",
    "DownloadQueue",
    "QueueError",
    "QueueLimits",
    "StaleClaimError",
    "StartVerdict",
    "TransitionRefusedError",
    "UnknownItemError",
]
