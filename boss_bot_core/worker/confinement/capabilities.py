"""Root's powers, which a worker of a bot that runs as root (as in many containers) must not have."""

import ctypes
import os
from contextlib import suppress
from pathlib import Path

from boss_bot_core.worker.kernel import LIBC, prctl

_VERSION_3 = 0x20080522
_PR_CAPBSET_DROP = 24
_PR_CAP_AMBIENT, _CLEAR_ALL = 47, 4
# Files of other users: root's bot may have been given a folder that belongs to somebody else.
_DAC_OVERRIDE = 1
_LAST = Path("/proc/sys/kernel/cap_last_cap")


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Set(ctypes.Structure):
    _fields_ = (("effective", ctypes.c_uint32), ("permitted", ctypes.c_uint32), ("inheritable", ctypes.c_uint32))


def drop_capabilities() -> None:
    """Give up every capability but the one to open files that belong to others; nothing happens without any.

    Raises:
        OSError: The kernel refused.
    """
    header, sets = _Header(_VERSION_3, 0), (_Set * 2)()
    LIBC.capget(ctypes.byref(header), sets)
    if not (sets[0].permitted or sets[1].permitted):
        return
    for capability in range(int(_LAST.read_text()) + 1):
        if capability != _DAC_OVERRIDE:
            with suppress(PermissionError):  # a user who was given some powers, but not the one over them
                prctl(_PR_CAPBSET_DROP, capability)
    prctl(_PR_CAP_AMBIENT, _CLEAR_ALL)
    kept = sets[0].permitted & (1 << _DAC_OVERRIDE)
    sets = (_Set * 2)(_Set(kept, kept, 0), _Set(0, 0, 0))
    if LIBC.capset(ctypes.byref(header), sets) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
