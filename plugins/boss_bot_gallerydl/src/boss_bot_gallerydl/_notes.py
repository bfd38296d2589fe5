"""gallery-dl's log, as part of the evidence.

The traffic of its yt-dlp downloader does not pass our adapter, so what it logs is all there is to tell a refusal from a
missing file.
"""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from boss_bot_gallerydl.evidence import Answer, Evidence

_STATUS: Final = re.compile(r"HTTP Error (\d{3})")
_REFUSED: Final = re.compile(r"Tunnel connection failed: 403 [^()]*\(([\w-]+)\)")


class _NoteHandler(logging.Handler):
    def __init__(self, evidence: Evidence) -> None:
        super().__init__(logging.WARNING)
        self._evidence = evidence

    def emit(self, record: logging.LogRecord) -> None:
        self._evidence.notes.append(record.getMessage())


@contextmanager
def taking_notes(evidence: Evidence) -> Iterator[None]:
    """Collect warnings and errors of all loggers while the block runs."""
    root, handler = logging.getLogger(), _NoteHandler(evidence)
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)


def read_notes(evidence: Evidence, host: str) -> None:
    """Turn what the notes say of the traffic into evidence, where the wire itself showed nothing."""
    if evidence.answer or evidence.broken or evidence.refused:
        return
    text = "\n".join(evidence.notes)
    if refused := _REFUSED.search(text):
        evidence.refused = refused[1]
    elif status := _STATUS.search(text):
        evidence.answer = Answer(host=host, status=int(status[1]), headers={})
