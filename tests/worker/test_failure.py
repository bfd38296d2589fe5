"""Test of the error that a worker's exception becomes."""

import errno
import ssl

import pytest

from boss_bot_core.errors import EngineBrokenError, InternalError, NetworkError, NotFoundError
from boss_bot_core.worker.child.failure import to_hook_failed


def _chained(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "kind", "detail"),
    [
        (NotFoundError("Gone."), "NotFoundError", None),
        (_chained(NetworkError("Broke."), TimeoutError("read")), "NetworkError", "TimeoutError: read"),
        (OSError(errno.ENOSPC, "No space left on device"), "DiskFullError", "No space left"),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), "DiskFullError", "Disk quota"),
        (OSError(errno.EIO, "Input/output error"), "MachineError", "Input/output"),
        (OSError(errno.EFBIG, "File too large"), "FileTooLargeError", "File too large"),
        (OSError(errno.EROFS, "Read-only file system"), "MachineError", "Read-only"),
        (OSError(errno.EMFILE, "Too many open files"), "MachineError", "Too many"),
        (ConnectionResetError(errno.ECONNRESET, "Connection reset"), "NetworkError", "Connection reset"),
        (OSError(errno.ENETUNREACH, "Network is unreachable"), "NetworkError", "unreachable"),
        # OpenSSL's numbers are not the kernel's.
        (ssl.SSLError(errno.EIO, "bad record"), "NetworkError", "bad record"),
        # The confinement refuses, not the machine.
        (PermissionError(errno.EACCES, "Permission denied"), "EngineBrokenError", "Permission denied"),
        (MemoryError(), "EngineBrokenError", "MemoryError"),
        (KeyError("x"), "EngineBrokenError", "KeyError: 'x'"),
        (ImportError("no engine"), "EngineBrokenError", "ImportError: no engine"),
        (NameError("x"), "InternalError", "NameError: x"),
        (AssertionError(), "InternalError", "AssertionError"),
        (NotImplementedError(), "InternalError", "NotImplementedError"),
        (InternalError("A rule."), "InternalError", None),
        (EngineBrokenError("Nobody knows."), "EngineBrokenError", "Nobody knows."),
        (SystemExit(3), "EngineBrokenError", "SystemExit: 3"),
    ],
)
def test_an_exception_becomes_a_typed_error(error: BaseException, kind: str, detail: str | None) -> None:
    report = to_hook_failed(error, "trial").report
    assert report.kind == kind
    assert report.detail is None if detail is None else detail in str(report.detail)
