"""Audit rules for programs and libraries: the ones that the job was given, nothing else.

The tripwire: an audit hook that refuses what no engine does on purpose, and tells.
It sees Python only, not ffmpeg and not C; on kernels without Landlock it is what there is. It cannot be removed again.
"""

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from boss_bot_core.worker.confinement.audit_files import FileRules
from boss_bot_core.worker.confinement.audit_sockets import SocketRules
from boss_bot_core.worker.confinement.grants import JobGrants
from boss_bot_core.worker.confinement.policy import Confinement


class ProgramRules:
    """What may be started or loaded.

    Args:
        programs: Programs that may be started.
    """

    def __init__(self, programs: Iterable[Path]) -> None:
        self._programs = frozenset(os.path.realpath(program) for program in programs)

    def build_event_rules(self) -> Mapping[str, Callable[[tuple[Any, ...]], str | None]]:
        """Return the rules by the event that each one judges."""
        others = ("os.system", "os.exec", "os.posix_spawn", "os.spawn", "pty.spawn")
        return {
            "subprocess.Popen": self._check_program,
            "ctypes.dlopen": self._refuse_library,
            **dict.fromkeys(others, self._refuse_program),
        }

    def _check_program(self, arguments: tuple[Any, ...]) -> str | None:
        name = os.fsdecode(arguments[0])
        found = name if os.sep in name else shutil.which(name)
        # Engines look for optional programs; one that is not there needs no refusal.
        is_harmless = found is None or os.path.realpath(found) in self._programs
        return None if is_harmless else f"start {name!r}"

    def _refuse_library(self, arguments: tuple[Any, ...]) -> str | None:
        return f"load the library {arguments[0]!r}"

    def _refuse_program(self, arguments: tuple[Any, ...]) -> str | None:
        return f"start {arguments[0]!r}"


AuditRule = Callable[[tuple[Any, ...]], str | None]
"""Takes an audit event's arguments; returns what was tried when it must be refused."""


def install_audit_hook(confinement: Confinement, grants: JobGrants, on_refused: Callable[[str], None]) -> None:
    """Refuse from now on, with PermissionError, whatever the job was not granted.

    Args:
        confinement: Further folders, programs and sockets that are allowed.
        grants: What the job may touch.
        tell: Called with a sentence for every refusal.
    """
    folders = (*confinement.writable, *((grants.directory,) if grants.directory else ()))
    rules: Mapping[str, AuditRule] = {
        **SocketRules(grants.proxy_port, confinement.unix_sockets).build_event_rules(),
        **FileRules(folders).build_event_rules(),
        **ProgramRules((*grants.programs, *confinement.programs)).build_event_rules(),
    }

    def tripwire(event: str, arguments: tuple[Any, ...]) -> None:
        rule = rules.get(event)
        if rule is not None and (tried := rule(arguments)) is not None:
            on_refused(f"Refused: {tried}.")
            raise PermissionError(f"A download may not {tried}.")

    # Modules compiled on first import would otherwise be written beside the code, and be refused one by one.
    sys.dont_write_bytecode = True
    sys.addaudithook(tripwire)
