"""The worker's way to tell: progress thinned out, log lines bounded, secrets struck out."""

import socket
import threading
import time

from boss_bot_core.plugin.download import Described, Progress
from boss_bot_core.worker.messages import LINE_LIMIT_BYTES, Event, LogLine, Matched, encode
from boss_bot_core.worker.messages.events import JobResult, LogLevel

PROGRESS_INTERVAL_S = 0.1
"""At most ten progress events a second; engines call back for every chunk."""

_MAX_LOG_LINES = 300


class Reporter:
    """Sends events; may be called from any thread of the engine.

    Args:
        channel: The job's socket.
    """

    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel
        self._lock = threading.RLock()
        self._sent_at = 0.0
        self._pending_progress: Progress | None = None
        self._log_lines = 0
        self._secrets: tuple[bytes, ...] = ()

    def redact(self, *texts: str) -> None:
        """Strike these texts out of everything that is sent from now on."""
        self._secrets = tuple(text.encode() for text in texts if text)

    def report(self, event: Progress | Described) -> None:
        """Tell how far the download is, or what the post is."""
        with self._lock:
            held = self._pending_progress
            if held is not None and not (isinstance(event, Progress) and event.file_index == held.file_index):
                self._flush_progress()
            if isinstance(event, Described):
                self._send(event)
            else:
                self._pending_progress = event
                if time.monotonic() - self._sent_at >= PROGRESS_INTERVAL_S:
                    self._flush_progress()

    def log(self, level: LogLevel, message: str) -> None:
        """Pass a log line on; after many, no more."""
        with self._lock:
            self._log_lines += 1
            if self._log_lines < _MAX_LOG_LINES:
                self._send(LogLine(level=level, message=message))
            elif self._log_lines == _MAX_LOG_LINES:
                self._send(LogLine(level="WARNING", message="Further lines of this job are left out."))

    def send_matched(self, answer: Matched) -> None:
        """Send an answer."""
        with self._lock:
            self._send(answer)

    def send_result(self, result: JobResult) -> None:
        """Send what was held back, then the last word."""
        with self._lock:
            self._flush_progress()
            self._send(result)

    def _flush_progress(self) -> None:
        """Send what was held back: nobody misses how much of a file came in the end."""
        if self._pending_progress is not None:
            self._send(self._pending_progress)
            self._sent_at, self._pending_progress = time.monotonic(), None

    def _send(self, event: Event) -> None:
        line = encode(event, Event)
        for secret in self._secrets:
            line = line.replace(secret, b"***")
        if len(line) > LINE_LIMIT_BYTES:
            raise ValueError("The result is too long to be told; a post has fewer files.")
        self._channel.sendall(line)
