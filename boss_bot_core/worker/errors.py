"""Errors of the worker processes' infrastructure; the errors of a download are in `boss_bot_core.errors`.

WorkerError
├── ZygoteStartError     the zygote did not become ready
├── ZygoteGoneError      the zygote died before it answered
├── ForkFailedError      the machine has no process or memory left
└── MessageError         the received bytes are no valid message
"""

from boss_bot_core.errors import BossBotError


class WorkerError(BossBotError):
    """Root of the errors of this package."""


class ZygoteStartError(WorkerError):
    """The zygote did not become ready: it died, or loading the plugins took too long."""


class ZygoteGoneError(WorkerError):
    """The zygote died before it answered; the next call uses a new zygote."""


class ForkFailedError(WorkerError):
    """The machine has no process or no memory left for another worker."""


class MessageError(WorkerError):
    """The received bytes are no valid message: not JSON, of wrong types, or too long."""
