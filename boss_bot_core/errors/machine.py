"""The errors of the bot's own machine: a full or broken disk, and limits of the operating system.

An `OSError` can come from the network, a file, a disk or a limit, and only its number tells which. The table has the
numbers that mean the same wherever they occur. A refused permission is not among them: in a worker it is the
confinement, at a socket it is a firewall.
"""

import errno
import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from boss_bot_core.domain.errors import ErrorType
from boss_bot_core.errors.base import DownloadFailedError
from boss_bot_core.errors.download import FileTooLargeError, NetworkError


class DiskFullError(
    DownloadFailedError,
    code=ErrorType.DISK_FULL,
    retryable=True,
    advice="Try again later; the bot's operator has been told in the log.",
):
    """The bot's host has no free disk space left."""


class NoRoomError(DiskFullError, advice="Try again when other downloads have ended."):
    """Other downloads use the room that the download needs.

    Attributes:
        may_wait: Whether more is known of the download's size than before: it waits in the queue for that room.
    """

    may_wait: bool = False


class RoomExceededError(
    DiskFullError, retryable=False, advice="Ask for a smaller version, or ask the bot's operator for more room."
):
    """The download is larger than the room for all downloads together."""


class MachineError(
    DownloadFailedError,
    code=ErrorType.UNKNOWN,
    retryable=True,
    advice="Try again later; the bot's operator has been told in the log.",
):
    """The bot's host does not let the bot work: a read-only or broken disk, a missing permission, or a limit."""


class ServiceUnavailableError(
    DownloadFailedError,
    code=ErrorType.UNKNOWN,
    retryable=True,
    advice="Try again later; the bot's operator has been told in the log.",
):
    """A service of the operator that a download needs, such as a virus scanner, does not answer."""


_FAULT = MachineError, "The bot's disk has a fault."
_LIMIT = MachineError, "The bot has as many files and connections open as it may."

_ERRORS: Mapping[int | None, tuple[type[DownloadFailedError], str]] = {
    errno.ENOSPC: (DiskFullError, "The bot's disk is full."),
    errno.EDQUOT: (DiskFullError, "The bot has used up its quota of the disk."),
    errno.EROFS: (MachineError, "The bot's disk is read-only."),
    errno.EIO: _FAULT,
    errno.ESTALE: _FAULT,
    errno.EMFILE: _LIMIT,
    errno.ENFILE: _LIMIT,
    errno.ENOBUFS: _LIMIT,
    errno.ENOMEM: (MachineError, "The bot's machine has no memory left."),
    errno.EFBIG: (FileTooLargeError, "A file grew larger than the bot allows."),
}

_NETWORK = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN, errno.EADDRNOTAVAIL})


def find_machine_error(error: BaseException | None) -> DownloadFailedError | None:
    """Return the error for an operating system error that concerns this machine; None for anything else."""
    # The numbers of TLS errors are OpenSSL's.
    if not isinstance(error, OSError) or isinstance(error, ssl.SSLError) or error.errno not in _ERRORS:
        return None
    cls, message = _ERRORS[error.errno]
    return cls(message)


def find_network_error(error: BaseException) -> NetworkError | None:
    """Return the error for an operating system error that concerns a connection; None for any other exception."""
    is_network = isinstance(error, ConnectionError | TimeoutError | ssl.SSLError | socket.gaierror) or (
        isinstance(error, OSError) and error.errno in _NETWORK
    )
    return NetworkError("The connection broke.") if is_network else None


@contextmanager
def translate_machine_errors() -> Iterator[None]:
    """Raise a typed error in place of an operating system error about the bot's own files or limits.

    Raises:
        DownloadFailedError: See `find_machine_error`; also a file that the bot may not use.
    """
    try:
        yield
    except PermissionError as error:
        raise MachineError("The bot may not use one of its own files.") from error
    except OSError as error:
        if (found := find_machine_error(error)) is None:
            raise
        raise found from error
