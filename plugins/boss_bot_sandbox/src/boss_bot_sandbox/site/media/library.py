"""The media library: files by name, made on first use and kept in one directory.

A test that needs one picture does not wait for every video, and a second run waits for no file.
"""

import re
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final

from boss_bot_sandbox.site.media.generators import CLIPS, PICTURES, FileGenerator
from boss_bot_sandbox.site.media.hostile import HOSTILE
from boss_bot_sandbox.site.media.stream_packages import PACKAGES

GENERATORS: Final = tuple((re.compile(pattern), recipe) for pattern, recipe in (*CLIPS, *PICTURES, *HOSTILE))


def _find_generator(name: str) -> tuple[re.Match[str], FileGenerator]:
    for pattern, recipe in GENERATORS:
        if match := pattern.fullmatch(name):
            return match, recipe
    raise LookupError(name)


class MediaLibrary:
    """Media files by name in one directory; safe to share between threads and between processes.

    Args:
        directory: Where the files are kept; created when it does not exist.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        # One process makes one file at a time. The lock is reentrant because a package makes its source file first.
        self._lock = threading.RLock()
        directory.mkdir(parents=True, exist_ok=True)

    def path(self, name: str) -> Path:
        """Return the path of a file, which is made first when it does not exist (up to two seconds).

        Raises:
            LookupError: No generator makes a file of that name.
        """
        match, recipe = _find_generator(name)
        return self._find_or_make(name, lambda draft: recipe(draft, match))

    def package(self, name: str) -> Path:
        """Return the folder of a stream package, which is made first when it does not exist.

        Raises:
            LookupError: There is no package of that name.
        """
        if name not in PACKAGES:
            raise LookupError(name)

        def fill(draft: Path) -> None:
            draft.mkdir()
            PACKAGES[name](draft, self.path)

        return self._find_or_make(name, fill)

    def read(self, name: str) -> bytes:
        """Return the content of a file; ``package/file`` names a file of a stream package.

        Raises:
            LookupError: There is no such file.
        """
        package, _, inner = name.rpartition("/")
        path = self.package(package) / inner if package else self.path(inner)
        if inner in ("", ".", "..") or not path.is_file():
            raise LookupError(name)
        return path.read_bytes()

    def _find_or_make(self, name: str, make: Callable[[Path], None]) -> Path:
        path = self.directory / name
        with self._lock:
            if path.exists():
                return path
            # Made in a temporary folder and then moved: another process may make the same file at the same time.
            with tempfile.TemporaryDirectory(dir=self.directory, prefix="making-") as temporary:
                draft = Path(temporary, name)
                make(draft)
                try:
                    draft.replace(path)
                except OSError:
                    # A folder cannot replace the one that another process has just made; that one is as good.
                    if not path.exists():
                        raise
        return path
