"""seccomp: system calls that no engine needs and that lead around the other walls.

Landlock confines TCP only; this leaves no other way out (UDP, raw, MPTCP, fast open, local services' sockets,
io_uring), no way into other processes, and no way out of the process group that is killed in the end.
One small classic BPF program, since libseccomp is not everywhere.
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


@attrs.frozen
class _Architecture:
    audit_arch: int
    socket_call: int
    flag_positions: Mapping[int, int]
    """System call to the position of its flags."""
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
    """Tell whether the program is written for this machine."""
    return platform.machine() in _ARCHITECTURES


def install_filter(*, tcp: bool, unix: bool) -> None:
    """Refuse what no engine needs, for this process and all it starts; nothing happens on other machines.

    Args:
        tcp: Whether TCP sockets may be made.
        unix: Whether sockets of local services may be made.

    Raises:
        OSError: The kernel refused.
    """
    machine = _ARCHITECTURES.get(platform.machine())
    if machine is not None:
        packed = b"".join(struct.pack("=HBBI", *instruction) for instruction in _build_program(machine, tcp, unix))
        program = _Program(len(packed) // 8, packed)
        prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.addressof(program))


def _build_program(machine: _Architecture, tcp: bool, unix: bool) -> list[Instruction]:  # noqa: FBT001 - named by the caller
    program = [(_LOAD, 0, 0, _ARCH_AT), (_EQUAL, 1, 0, machine.audit_arch), _return_eperm(), (_LOAD, 0, 0, _NUMBER_AT)]
    program += [(_AT_LEAST, 0, 1, _X32), _return_eperm()]
    for number in machine.denied_calls:
        program += [(_EQUAL, 0, 1, number), _return_eperm()]
    for number, position in machine.flag_positions.items():
        program += [
            (_EQUAL, 0, 4, number),
            _load_argument(position),
            (_ANY_BIT, 0, 1, _FAST_OPEN),
            _return_eperm(),
            _return_allow(),
        ]
    sockets = _build_socket_rules(tcp, unix)
    return [*program, (_EQUAL, 0, len(sockets), machine.socket_call), *sockets, _return_allow()]


def _build_socket_rules(tcp: bool, unix: bool) -> list[Instruction]:  # noqa: FBT001
    rules = [_load_argument(0)]
    if unix:
        rules += [(_EQUAL, 0, 1, _UNIX), _return_allow()]
    if tcp:
        rules += [(_EQUAL, 1, 0, _INET), (_EQUAL, 0, 7, _INET6)]
        rules += [_load_argument(1), (_AND, 0, 0, 0xF), (_EQUAL, 0, 4, _STREAM)]
        rules += [_load_argument(2), (_EQUAL, 1, 0, 0), (_EQUAL, 0, 1, _TCP), _return_allow()]
    return [*rules, _return_eperm()]


def _load_argument(position: int) -> Instruction:
    return (_LOAD, 0, 0, 16 + 8 * position)


def _return_allow() -> Instruction:
    return (_RETURN, 0, 0, _ALLOW)


def _return_eperm() -> Instruction:
    return (_RETURN, 0, 0, _ERRNO | errno.EPERM)
