"""The standard streams of a command: all of them are open, and what standard output cannot take is an OutputError.

Without that, a full disk behind `>` could not be told from a full disk of the downloads.
"""

import io
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing_extensions import Buffer

_STDOUT, _STDERR = 1, 2


class OutputError(Exception):
    """Standard output cannot be written; the text is one sentence for the user."""


class _OutputFile(io.FileIO):
    def write(self, content: "Buffer", /) -> int:
        try:
            return super().write(content)
        except BrokenPipeError:  # the reader has read enough, as `head` does, and Typer leaves without a word
            raise
        except OSError as error:
            raise OutputError(f"The output cannot be written: {error.strerror}.") from error


def set_up_streams() -> None:
    """Open the streams that the caller closed, and let standard output raise an OutputError.

    A database or a socket would otherwise get the number of a closed stream, and with it what is printed.
    """
    while (descriptor := os.open(os.devnull, os.O_RDWR)) <= _STDERR:
        os.set_inheritable(descriptor, True)
    os.close(descriptor)
    if sys.stderr is None:
        sys.stderr = io.TextIOWrapper(io.FileIO(_STDERR, "w", closefd=False), "utf-8", "replace", write_through=True)
    encoding, errors = (sys.stdout.encoding, sys.stdout.errors) if sys.stdout else ("utf-8", "replace")
    buffer = io.BufferedWriter(_OutputFile(_STDOUT, "w", closefd=False))
    sys.stdout = io.TextIOWrapper(buffer, encoding, errors, line_buffering=buffer.isatty())
