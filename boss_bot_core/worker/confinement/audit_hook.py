"""Installs the audit hook, which refuses operations that the job was not granted, and defines the rules for programs.

The hook sees Python's operations only, not those of ffmpeg or of C code; on a kernel without Landlock it is the only
restriction of files and connections. It cannot be removed again.
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
    """Decides which programs may be started; no library may be loaded.

    Args:
        programs: Programs that may be started.
    """

    def __init__(self, programs: Iterable[Path]) -> None:
        self._programs = frozenset(os.path.realpath(program) for program in programs)

    def build_event_rules(self) -> Mapping[str, Callable[[tuple[Any, ...]], str | None]]:
        """Build the rules by the name of the audit event that each one checks."""
        refused_events = ("os.system", "os.exec", "os.posix_spawn", "os.spawn", "pty.spawn")
        return {
            "subprocess.Popen": self._check_program,
            "ctypes.dlopen": self._refuse_library,
            **dict.fromkeys(refused_events, self._refuse_program),
        }

    def _check_program(self, arguments: tuple[Any, ...]) -> str | None:
        name = os.fsdecode(arguments[0])
        found = name if os.sep in name else shutil.which(name)
        # Engines look for optional programs; a program that does not exist needs no refusal.
        is_harmless = found is None or os.path.realpath(found) in self._programs
        return None if is_harmless else f"start {name!r}"

    def _refuse_library(self, arguments: tuple[Any, ...]) -> str | None:
        return f"load the library {arguments[0]!r}"

    def _refuse_program(self, arguments: tuple[Any, ...]) -> str | None:
        return f"start {arguments[0]!r}"


AuditRule = Callable[[tuple[Any, ...]], str | None]
"""Takes an audit event's arguments; returns a description of the operation if it must be refused, else None."""


def install_audit_hook(confinement: Confinement, grants: JobGrants, on_refused: Callable[[str], None]) -> None:
    """Refuse from now on, with PermissionError, every operation that the job was not granted.

    Args:
        confinement: Further folders and programs that are allowed.
        grants: The files, programs and connections that the job may use.
        on_refused: Called with a sentence for every refusal.
    """
    folders = (*confinement.writable, *((grants.directory,) if grants.directory else ()))
    rules: Mapping[str, AuditRule] = {
        **SocketRules(grants).build_event_rules(),
        **FileRules(folders).build_event_rules(),
        **ProgramRules((*grants.programs, *confinement.programs)).build_event_rules(),
    }

    def check_event(event: str, arguments: tuple[Any, ...]) -> None:
        rule = rules.get(event)
        if rule is not None and (refused := rule(arguments)) is not None:
            on_refused(f"Refused: {refused}.")
            raise PermissionError(f"A download may not {refused}.")

    # Otherwise Python would write the bytecode of each newly imported module beside the code and be refused.
    sys.dont_write_bytecode = True
    sys.addaudithook(check_event)
