"""Resource limits of a worker: what the kernel stops without anybody watching.

Root's powers, which a worker of a bot that runs as root (as in many containers) must not have.
Putting up a worker's walls, in the order in which they allow each other.
"""

import ctypes
import os
import resource
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from boss_bot_core.worker.confinement.audit_hook import install_audit_hook
from boss_bot_core.worker.confinement.grants import JobGrants
from boss_bot_core.worker.confinement.landlock import restrict_process
from boss_bot_core.worker.confinement.landlock_rules import build_path_rules
from boss_bot_core.worker.confinement.policy import Confinement
from boss_bot_core.worker.confinement.seccomp import install_filter
from boss_bot_core.worker.linux import LIBC, forbid_new_privileges, prctl

_CPU_GRACE_S = 5


def limit_resources(confinement: Confinement) -> None:
    """Limit file size, address space, CPU time, descriptors and core dumps of this process and all it starts."""
    _set_limit(resource.RLIMIT_CORE, 0)
    _set_limit(resource.RLIMIT_FSIZE, confinement.max_file_bytes)
    _set_limit(resource.RLIMIT_NOFILE, confinement.max_open_files)
    _set_limit(resource.RLIMIT_CPU, confinement.max_cpu_s, grace=_CPU_GRACE_S)
    # Only the soft limit: a JavaScript runtime reserves more than any machine has, and lifts it for itself.
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = confinement.max_address_space_bytes
    resource.setrlimit(resource.RLIMIT_AS, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


def _set_limit(which: int, value: int, *, grace: int = 0) -> None:
    _, hard = resource.getrlimit(which)
    ceiling = value + grace if hard == resource.RLIM_INFINITY else min(value + grace, hard)
    resource.setrlimit(which, (min(value, ceiling), ceiling))


_CAPABILITY_VERSION_3 = 0x20080522
_PR_CAPBSET_DROP = 24
_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL = 47, 4
# Files of other users: root's bot may have been given a folder that belongs to somebody else.
_CAP_DAC_OVERRIDE = 1
_LAST_CAPABILITY_FILE = Path("/proc/sys/kernel/cap_last_cap")


class _CapabilityHeader(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _CapabilitySet(ctypes.Structure):
    _fields_ = (("effective", ctypes.c_uint32), ("permitted", ctypes.c_uint32), ("inheritable", ctypes.c_uint32))


def drop_capabilities() -> None:
    """Give up every capability but the one to open files that belong to others; nothing happens without any.

    Raises:
        OSError: The kernel refused.
    """
    header, sets = _CapabilityHeader(_CAPABILITY_VERSION_3, 0), (_CapabilitySet * 2)()
    LIBC.capget(ctypes.byref(header), sets)
    if not (sets[0].permitted or sets[1].permitted):
        return
    for capability in range(int(_LAST_CAPABILITY_FILE.read_text()) + 1):
        if capability != _CAP_DAC_OVERRIDE:
            with suppress(PermissionError):  # a user who was given some powers, but not the one over them
                prctl(_PR_CAPBSET_DROP, capability)
    prctl(_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL)
    kept = sets[0].permitted & (1 << _CAP_DAC_OVERRIDE)
    sets = (_CapabilitySet * 2)(_CapabilitySet(kept, kept, 0), _CapabilitySet(0, 0, 0))
    if LIBC.capset(ctypes.byref(header), sets) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def confine(confinement: Confinement, grants: JobGrants, on_refused: Callable[[str], None]) -> None:
    """Lock the calling process up for good.

    Args:
        confinement: Which walls, how much.
        grants: What the job may touch.
        tell: Called with a sentence when the audit hook refuses something.

    Raises:
        OSError: A wall that this kernel knows could not be put up.
    """
    forbid_new_privileges()
    if confinement.limits:
        limit_resources(confinement)
    if confinement.capabilities:
        drop_capabilities()
    if confinement.landlock:
        restrict_process(build_path_rules(confinement, grants), grants.proxy_port)
    if confinement.seccomp:
        install_filter(tcp=grants.proxy_port is not None, unix=bool(confinement.unix_sockets))
    if confinement.audit_hook:
        install_audit_hook(confinement, grants, on_refused)
