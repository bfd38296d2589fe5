"""Linux system calls that Python's standard library lacks, through ctypes.

The C library is loaded before any fork, so that a worker that may load no library any more can still call it.
"""

import ctypes
import os

LIBC = ctypes.CDLL(None, use_errno=True)
"""The C library."""

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
_PR_SET_NO_NEW_PRIVS = 38


def die_with_parent(signal_number: int, parent_pid: int) -> None:
    """Have the kernel send this process a signal when its parent ends; at once if the parent has ended already.

    Args:
        signal_number: The signal.
        parent_pid: The parent's pid.
    """
    prctl(_PR_SET_PDEATHSIG, signal_number)
    if os.getppid() != parent_pid:
        os.kill(os.getpid(), signal_number)


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own parent ends, so that a double fork detaches no process."""
    prctl(_PR_SET_CHILD_SUBREAPER, 1)


def forbid_new_privileges() -> None:
    """Disable setuid programs and file capabilities for this process and every process that it starts."""
    prctl(_PR_SET_NO_NEW_PRIVS, 1)


def prctl(option: int, first: int, second: int = 0) -> int:
    """Change an attribute of this process.

    Raises:
        OSError: The kernel refused the call.
    """
    return _raise_on_error(LIBC.prctl(option, *map(ctypes.c_ulong, (first, second, 0, 0))))


def syscall(number: int, *arguments: object) -> int:
    """Call a system call by its number.

    Raises:
        OSError: The kernel refused the call, or does not know it.
    """
    given = [ctypes.c_long(argument) if isinstance(argument, int) else argument for argument in arguments]
    return _raise_on_error(LIBC.syscall(ctypes.c_long(number), *given))


def _raise_on_error(result: int) -> int:
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))
    return result
