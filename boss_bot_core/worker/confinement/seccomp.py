"""seccomp: denies system calls that no engine needs and that would bypass the other layers.

Landlock restricts TCP only. This filter closes the other ways out (UDP, raw, MPTCP, fast open, sockets of local
services, io_uring), access to other processes, and leaving the process group that is killed in the end. It is one small
classic BPF program because libseccomp is not installed everywhere.
"""

import ctypes
import errno
import platform
import struct
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import attrs

from boss_bot_core.worker.linux import prctl

_PR_SET_SECCOMP, _MODE_FILTER = 22, 2
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _AND, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x54, 0x06
_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000
_NUMBER_AT, _ARCH_AT = 0, 4
_X32 = 0x40000000
_FAST_OPEN = 0x20000000
_UNIX, _INET, _INET6, _STREAM, _TCP = 1, 2, 10, 1, 6

Instruction = tuple[int, int, int, int]

_RETURN_ALLOW: Instruction = (_RETURN, 0, 0, _ALLOW)
_RETURN_EPERM: Instruction = (_RETURN, 0, 0, _ERRNO | errno.EPERM)


@attrs.frozen
class _Architecture:
    audit_arch: int
    socket_call: int
    flag_positions: Mapping[int, int]
    """For each system call that sends data: the position of its flags argument."""
    denied_calls: Sequence[int]
    """setsid, setpgid, ptrace, process_vm_readv, process_vm_writev, pidfd_getfd, open_by_handle_at, unshare, setns,
    mount, add_key, request_key, keyctl, bpf, userfaultfd, perf_event_open, io_uring_setup."""


_ARCHITECTURES: Mapping[str, _Architecture] = MappingProxyType(
    {
        "x86_64": _Architecture(
            0xC000003E,
            41,
            {44: 3, 46: 2, 307: 3},
            (112, 109, 101, 310, 311, 438, 304, 272, 308, 165, 248, 249, 250, 321, 323, 298, 425),
        ),
        "aarch64": _Architecture(
            0xC00000B7,
            198,
            {206: 3, 211: 2, 269: 3},
            (157, 154, 117, 270, 271, 438, 265, 97, 268, 40, 217, 218, 219, 280, 282, 241, 425),
        ),
    }
)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def is_supported() -> bool:
    """Tell whether the filter supports this machine's architecture."""
    return platform.machine() in _ARCHITECTURES


def install_filter(*, tcp: bool, unix: bool) -> None:
    """Filter the system calls of this process and its descendants; without effect on other architectures.

    Args:
        tcp: Whether TCP sockets may be created.
        unix: Whether Unix sockets may be created.

    Raises:
        OSError: The kernel refused the filter.
    """
    architecture = _ARCHITECTURES.get(platform.machine())
    if architecture is not None:
        packed = b"".join(struct.pack("=HBBI", *instruction) for instruction in _build_program(architecture, tcp, unix))
        program = _Program(len(packed) // 8, packed)
        prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.addressof(program))


def _build_program(architecture: _Architecture, tcp: bool, unix: bool) -> list[Instruction]:  # noqa: FBT001 - the caller names them
    program = [
        (_LOAD, 0, 0, _ARCH_AT),
        (_EQUAL, 1, 0, architecture.audit_arch),
        _RETURN_EPERM,
        (_LOAD, 0, 0, _NUMBER_AT),
    ]
    program += [(_AT_LEAST, 0, 1, _X32), _RETURN_EPERM]
    for number in architecture.denied_calls:
        program += [(_EQUAL, 0, 1, number), _RETURN_EPERM]
    for number, position in architecture.flag_positions.items():
        program += [(_EQUAL, 0, 4, number), _load_argument(position), (_ANY_BIT, 0, 1, _FAST_OPEN)]
        program += [_RETURN_EPERM, _RETURN_ALLOW]
    sockets = _build_socket_rules(tcp, unix)
    return [*program, (_EQUAL, 0, len(sockets), architecture.socket_call), *sockets, _RETURN_ALLOW]


def _build_socket_rules(tcp: bool, unix: bool) -> list[Instruction]:  # noqa: FBT001 - as above
    rules = [_load_argument(0)]
    if unix:
        rules += [(_EQUAL, 0, 1, _UNIX), _RETURN_ALLOW]
    if tcp:
        rules += [(_EQUAL, 1, 0, _INET), (_EQUAL, 0, 7, _INET6)]
        rules += [_load_argument(1), (_AND, 0, 0, 0xF), (_EQUAL, 0, 4, _STREAM)]
        rules += [_load_argument(2), (_EQUAL, 1, 0, 0), (_EQUAL, 0, 1, _TCP), _RETURN_ALLOW]
    return [*rules, _RETURN_EPERM]


def _load_argument(position: int) -> Instruction:
    return (_LOAD, 0, 0, 16 + 8 * position)
