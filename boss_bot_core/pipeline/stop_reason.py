"""How a running job is stopped from outside: what can stand still, and why a task is ended."""

from enum import Enum, auto
from typing import Protocol


class Pausable(Protocol):
    """A worker process that can stand still."""

    async def pause(self) -> None:
        """Stop it where it is."""
        ...

    async def resume(self) -> None:
        """Let it go on."""
        ...


class StopReason(Enum):
    """Why a job's task is ended from outside."""

    CANCEL = auto()
    PAUSE = auto()
    SHUTDOWN = auto()
