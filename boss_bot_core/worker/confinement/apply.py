"""Applies every layer of a worker's confinement, in the order in which they permit each other.

Resource limits and capabilities are set here. The worker of a bot that runs as root, as in many containers, must not
keep root's capabilities.
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
    """Limit file size, address space, CPU, descriptors and core dumps of this process and its descendants."""
    os.nice(confinement.niceness)
    _set_limit(resource.RLIMIT_CORE, 0)
    _set_limit(resource.RLIMIT_FSIZE, confinement.max_file_bytes)
    _set_limit(resource.RLIMIT_NOFILE, confinement.max_open_files)
    _set_limit(resource.RLIMIT_CPU, confinement.max_cpu_s, grace=_CPU_GRACE_S)
    # Only the soft limit: JavaScript runtimes reserve more memory than any machine has; `child.setup` lifts it there.
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    soft = confinement.max_address_space_bytes
    resource.setrlimit(resource.RLIMIT_AS, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def _set_limit(resource_id: int, value: int, *, grace: int = 0) -> None:
    _, hard = resource.getrlimit(resource_id)
    ceiling = value + grace if hard == resource.RLIM_INFINITY else min(value + grace, hard)
    resource.setrlimit(resource_id, (min(value, ceiling), ceiling))


_CAPABILITY_VERSION_3 = 0x20080522
_PR_CAPBSET_DROP = 24
_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL = 47, 4
# Kept, because a bot that runs as root may use a folder that belongs to another user.
_CAP_DAC_OVERRIDE = 1
_LAST_CAPABILITY_FILE = Path("/proc/sys/kernel/cap_last_cap")


class _CapabilityHeader(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _CapabilitySet(ctypes.Structure):
    _fields_ = (("effective", ctypes.c_uint32), ("permitted", ctypes.c_uint32), ("inheritable", ctypes.c_uint32))


def drop_capabilities() -> None:
    """Drop every capability except CAP_DAC_OVERRIDE, which opens files of other users; without effect if none is held.

    Raises:
        OSError: The kernel refused the change.
    """
    header, sets = _CapabilityHeader(_CAPABILITY_VERSION_3, 0), (_CapabilitySet * 2)()
    LIBC.capget(ctypes.byref(header), sets)
    if not (sets[0].permitted or sets[1].permitted):
        return
    for capability in range(int(_LAST_CAPABILITY_FILE.read_text()) + 1):
        if capability != _CAP_DAC_OVERRIDE:
            with suppress(PermissionError):  # a user with some capabilities, but without CAP_SETPCAP
                prctl(_PR_CAPBSET_DROP, capability)
    prctl(_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL)
    kept = sets[0].permitted & (1 << _CAP_DAC_OVERRIDE)
    sets = (_CapabilitySet * 2)(_CapabilitySet(kept, kept, 0), _CapabilitySet(0, 0, 0))
    if LIBC.capset(ctypes.byref(header), sets) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def confine(confinement: Confinement, grants: JobGrants, on_refused: Callable[[str], None]) -> None:
    """Confine the calling process irrevocably.

    Args:
        confinement: The layers to apply, and their limits.
        grants: The files, programs and connections that the job may use.
        on_refused: Called with a sentence when the audit hook refuses an operation.

    Raises:
        OSError: A layer that this kernel supports could not be applied.
    """
    forbid_new_privileges()
    if confinement.limits:
        limit_resources(confinement)
    if confinement.capabilities:
        drop_capabilities()
    if confinement.landlock:
        restrict_process(build_path_rules(confinement, grants), grants.tcp_ports)
    if confinement.seccomp:
        install_filter(tcp=bool(grants.tcp_ports), unix=bool(grants.unix_sockets))
    if confinement.audit_hook:
        install_audit_hook(confinement, grants, on_refused)
