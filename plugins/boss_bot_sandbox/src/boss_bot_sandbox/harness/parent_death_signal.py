"""Start a Python program that the kernel kills when its parent process ends.

``python -m boss_bot_sandbox.harness.parent_death_signal PARENT_PID ARGUMENT…`` replaces itself by ``python ARGUMENT…``.
This is a program of its own because only the child can request the signal from the kernel, and Python code that runs
in the child between fork and exec may hang.
"""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def main() -> None:
    """Request the signal from the kernel, then execute the program in this process."""
    parent, *arguments = sys.argv[1:]
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_PDEATHSIG, ctypes.c_ulong(signal.SIGKILL), 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "the kernel does not tie processes together")
    # If the parent ended before the request, the signal would never come. Then the program is not started.
    if os.getppid() == int(parent):
        os.execv(sys.executable, [sys.executable, *arguments])  # noqa: S606 - the caller's own program


if __name__ == "__main__":
    main()
