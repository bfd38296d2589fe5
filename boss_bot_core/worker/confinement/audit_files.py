"""Audit rules for files: a worker may change files only in its granted folders."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

_WRITE_FLAGS = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_NO_DIRECTORY_FD = -1

# For each event: the positions of (path, directory descriptor) in its arguments; None if it has no descriptor.
_CHANGE_EVENTS: Mapping[str, tuple[tuple[int, int | None], ...]] = {
    "os.remove": ((0, 1),),
    "os.rmdir": ((0, 1),),
    "os.mkdir": ((0, 2),),
    "os.rename": ((0, 2), (1, 3)),
    "os.link": ((0, 2), (1, 3)),
    "os.symlink": ((0, None), (1, 2)),
    "os.truncate": ((0, None),),
    "os.chmod": ((0, 2),),
    "os.chown": ((0, 3),),
    "os.utime": ((0, 3),),
    "os.setxattr": ((0, None),),
    "os.removexattr": ((0, None),),
}


class FileRules:
    """Decides which files may be changed.

    Args:
        folders: The folders in which files may be changed.
    """

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self._folders = tuple(folder.resolve() for folder in folders)

    def build_event_rules(self) -> Mapping[str, Callable[[tuple[Any, ...]], str | None]]:
        """Build the rules by the name of the audit event that each one checks."""
        return {
            "open": self._check_open,
            "sqlite3.connect": self._check_database,
            **{event: self._build_change_rule(positions) for event, positions in _CHANGE_EVENTS.items()},
        }

    def _check_open(self, arguments: tuple[Any, ...]) -> str | None:
        path, _, flags = arguments
        # A descriptor is open already; the rule was applied when it was opened.
        if isinstance(path, int) or not flags & _WRITE_FLAGS or path == os.devnull:
            return None
        return self._check_path(path, _NO_DIRECTORY_FD, "write")

    def _check_database(self, arguments: tuple[Any, ...]) -> str | None:
        return None if arguments[0] in (":memory:", "") else self._check_path(arguments[0], _NO_DIRECTORY_FD, "write")

    def _build_change_rule(
        self, positions: tuple[tuple[int, int | None], ...]
    ) -> Callable[[tuple[Any, ...]], str | None]:
        def rule(arguments: tuple[Any, ...]) -> str | None:
            for path_at, descriptor_at in positions:
                descriptor = _NO_DIRECTORY_FD if descriptor_at is None else arguments[descriptor_at]
                if refused := self._check_path(arguments[path_at], descriptor, "change"):
                    return refused
            return None

        return rule

    def _check_path(self, path: Any, descriptor: int, operation: str) -> str | None:  # noqa: ANN401 - what Python was given
        if isinstance(path, int):
            return None
        named = Path(os.fsdecode(path))
        if descriptor != _NO_DIRECTORY_FD:
            named = Path(f"/proc/self/fd/{descriptor}").readlink() / named
        # A link itself may be removed or replaced; the link's target outside the folders may not be written.
        location = named.resolve() if operation == "write" else named.parent.resolve() / named.name
        is_inside = named.name != ".." and any(location.is_relative_to(folder) for folder in self._folders)
        return None if is_inside else f"{operation} {str(named)!r}"
