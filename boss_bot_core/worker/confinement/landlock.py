"""Landlock: kernel restrictions on files, TCP ports, signals and abstract sockets, through system calls.

No library supports all its versions (ABIs). Restrictions that this kernel does not know are left out.
"""

import ctypes
import os
from collections.abc import Iterable
from contextlib import suppress
from enum import IntFlag
from pathlib import Path

from boss_bot_core.worker.linux import syscall

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_QUERY_VERSION = 1
_PATH_BENEATH, _NET_PORT = 1, 2


class FsAccess(IntFlag):
    """Access rights on files, as in linux/landlock.h."""

    EXECUTE = 1 << 0
    WRITE_FILE = 1 << 1
    READ_FILE = 1 << 2
    READ_DIR = 1 << 3
    REMOVE_DIR = 1 << 4
    REMOVE_FILE = 1 << 5
    MAKE_CHAR = 1 << 6
    MAKE_DIR = 1 << 7
    MAKE_REG = 1 << 8
    MAKE_SOCK = 1 << 9
    MAKE_FIFO = 1 << 10
    MAKE_BLOCK = 1 << 11
    MAKE_SYM = 1 << 12
    REFER = 1 << 13
    TRUNCATE = 1 << 14
    IOCTL_DEV = 1 << 15


READ_ACCESS = FsAccess.READ_FILE | FsAccess.READ_DIR
# No links, devices or sockets: a job creates plain files, and no file in its folder can be executed.
CHANGE_ACCESS = (
    READ_ACCESS
    | FsAccess.WRITE_FILE
    | FsAccess.TRUNCATE
    | FsAccess.REMOVE_FILE
    | FsAccess.REMOVE_DIR
    | FsAccess.MAKE_REG
    | FsAccess.MAKE_DIR
    | FsAccess.REFER
)

# The rights that a rule for a single file may grant.
_FILE_RIGHTS = FsAccess.EXECUTE | FsAccess.WRITE_FILE | FsAccess.READ_FILE | FsAccess.TRUNCATE | FsAccess.IOCTL_DEV
# The newest right of each ABI that added one.
_NEWEST_RIGHTS = {1: FsAccess.MAKE_SYM, 2: FsAccess.REFER, 3: FsAccess.TRUNCATE, 5: FsAccess.IOCTL_DEV}
_NET_MIN_ABI, _BIND_TCP, _CONNECT_TCP = 4, 1 << 0, 1 << 1
_SCOPES_MIN_ABI, _ALL_SCOPES = 6, 0b11


class _RulesetAttr(ctypes.Structure):
    _fields_ = (("fs", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _PathBeneath(ctypes.Structure):
    _pack_, _layout_ = 1, "ms"  # the layout that _pack_ means has to be named from Python 3.14 on
    _fields_ = (("access", ctypes.c_uint64), ("parent", ctypes.c_int32))


class _NetPort(ctypes.Structure):
    _fields_ = (("access", ctypes.c_uint64), ("port", ctypes.c_uint64))


def detect_abi() -> int:
    """Return the kernel's Landlock ABI version; 0 without Landlock."""
    try:
        return syscall(_CREATE_RULESET, None, 0, _QUERY_VERSION)
    except OSError:
        return 0


def restrict_process(rules: Iterable[tuple[Path, FsAccess]], tcp_ports: Iterable[int]) -> None:
    """Restrict this process and its descendants irrevocably; without effect on a kernel without Landlock.

    Args:
        rules: The rights at and below each path; a path that does not exist is left out.
        tcp_ports: The only TCP ports that may be connected to, on kernels that support this (ABI 4).

    Raises:
        OSError: The kernel has Landlock and refused a call.
    """
    abi = detect_abi()
    if abi == 0:
        return
    handled = FsAccess((max(right for since, right in _NEWEST_RIGHTS.items() if since <= abi) << 1) - 1)
    has_net = abi >= _NET_MIN_ABI
    attr = _RulesetAttr(handled, (_BIND_TCP | _CONNECT_TCP) * has_net, _ALL_SCOPES * (abi >= _SCOPES_MIN_ABI))
    ruleset = syscall(_CREATE_RULESET, ctypes.byref(attr), ctypes.sizeof(attr), 0)
    try:
        for path, access in rules:
            _add_path_rule(ruleset, path, access & handled)
        for number in tcp_ports if has_net else ():
            port = _NetPort(_CONNECT_TCP, number)
            syscall(_ADD_RULE, ruleset, _NET_PORT, ctypes.byref(port), 0)
        syscall(_RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)


def _add_path_rule(ruleset: int, path: Path, access: FsAccess) -> None:
    with suppress(FileNotFoundError, NotADirectoryError, PermissionError):
        parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
        try:
            granted = access if path.is_dir() else access & _FILE_RIGHTS
            if granted:
                rule = _PathBeneath(granted, parent)
                syscall(_ADD_RULE, ruleset, _PATH_BENEATH, ctypes.byref(rule), 0)
        finally:
            os.close(parent)
