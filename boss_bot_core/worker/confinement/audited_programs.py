"""Audit rules for programs and libraries: the ones that the job was given, nothing else."""

import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any


class ProgramRules:
    """What may be started or loaded.

    Args:
        programs: Programs that may be started.
    """

    def __init__(self, programs: Iterable[Path]) -> None:
        self._programs = frozenset(os.path.realpath(program) for program in programs)

    def by_event(self) -> Mapping[str, Callable[[tuple[Any, ...]], str | None]]:
        """Return the rules by the event that each one judges."""
        others = ("os.system", "os.exec", "os.posix_spawn", "os.spawn", "pty.spawn")
        return {"subprocess.Popen": self._start, "ctypes.dlopen": self._load, **dict.fromkeys(others, self._refuse)}

    def _start(self, arguments: tuple[Any, ...]) -> str | None:
        name = os.fsdecode(arguments[0])
        found = name if os.sep in name else shutil.which(name)
        # Engines look for optional programs; one that is not there needs no refusal.
        is_harmless = found is None or os.path.realpath(found) in self._programs
        return None if is_harmless else f"start {name!r}"

    def _load(self, arguments: tuple[Any, ...]) -> str | None:
        return f"load the library {arguments[0]!r}"

    def _refuse(self, arguments: tuple[Any, ...]) -> str | None:
        return f"start {arguments[0]!r}"
