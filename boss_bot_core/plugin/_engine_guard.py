"""`EngineGuard`: keeps a match hook from importing an engine that is not loaded yet.

Importing an engine takes longer than everything else before a download, and most links need one engine only.
"""

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from types import ModuleType, TracebackType
from typing import Self


class EngineNotLoaded(BaseException):
    """A match hook needs its engine. Not an `Exception`, so that no hook takes it for a missing package."""


class EngineGuard(MetaPathFinder):
    """While the block runs, importing a new module of one of these packages raises `EngineNotLoaded`.

    Args:
        packages: Top-level packages of engines.
    """

    def __init__(self, packages: Sequence[str]) -> None:
        self._packages = frozenset(packages)

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> None:
        """Refuse the engines' modules, and leave every other one to the following finders."""
        if fullname.partition(".")[0] in self._packages:
            raise EngineNotLoaded

    def __enter__(self) -> Self:
        sys.meta_path.insert(0, self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        sys.meta_path.remove(self)
