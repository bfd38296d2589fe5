"""How the machinery that runs workers fails; how a download fails is in `boss_bot_core.errors`.

WorkerError
├── ZygoteStartError     the zygote did not get ready
├── ZygoteGoneError      it died before it could answer
├── ForkFailedError      the machine has no process left
└── MessageError         bytes that are no message of ours
"""

from boss_bot_core.errors import BossBotError


class WorkerError(BossBotError):
    """Root of this room's errors."""


class ZygoteStartError(WorkerError):
    """The zygote did not get ready: it died, or took too long to warm up."""


class ZygoteGoneError(WorkerError):
    """The zygote died before it could answer; the next call meets a new one."""


class ForkFailedError(WorkerError):
    """The machine has no process, or no memory, left for another worker."""


class MessageError(WorkerError):
    """Bytes from the other side are no message: not JSON, wrong types, too long."""
