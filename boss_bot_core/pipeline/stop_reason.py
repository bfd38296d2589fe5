"""The reasons to stop a running job, and the interface of a worker that can be paused."""

from enum import Enum, auto
from typing import Protocol


class Pausable(Protocol):
    """A worker process that can be paused."""

    async def pause(self) -> None:
        """Suspend the process."""
        ...

    async def resume(self) -> None:
        """Continue the process."""
        ...


class StopReason(Enum):
    """The reason for which the dispatcher cancels a job's task."""

    CANCEL = auto()
    PAUSE = auto()
    SHUTDOWN = auto()
