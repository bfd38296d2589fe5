"""`Reporter`: sends a worker's events; throttles progress, limits log lines and redacts secrets."""

import json
import socket
import threading
import time
from collections.abc import Callable

from boss_bot_core.plugin.download_result import Described, Progress
from boss_bot_core.plugin.post_process import ConversionProgress
from boss_bot_core.worker.messages import LINE_LIMIT_BYTES, Event, LogLine, Matched, encode
from boss_bot_core.worker.messages.events import JobResult, PluginLogLevel

PROGRESS_INTERVAL_S = 0.1
"""At most ten progress events a second; engines report progress for every chunk."""

_MAX_LOG_LINES = 300


class Reporter:
    """Sends events to the bot; may be called from any thread of the engine.

    Args:
        channel: The job's socket.
        find_plugin: Returns the name of the plugin whose hook runs, or None.
    """

    def __init__(self, channel: socket.socket, find_plugin: Callable[[], str | None]) -> None:
        self._channel = channel
        self._find_plugin = find_plugin
        self._lock = threading.RLock()
        self._sent_at = 0.0
        self._pending_progress: Progress | ConversionProgress | None = None
        self._log_lines = 0
        self._secrets: tuple[str, ...] = ()

    def add_secrets(self, *texts: str) -> None:
        """Replace these texts in everything that is sent from now on."""
        self._secrets = tuple(text for text in texts if text)

    def report(self, event: Progress | Described | ConversionProgress) -> None:
        """Send a description, or progress at most every `PROGRESS_INTERVAL_S`; the last progress of a file is sent."""
        with self._lock:
            held = self._pending_progress
            is_continued = not isinstance(event, Described) and held and event.file_index == held.file_index
            if held is not None and not is_continued:
                self._flush_progress()
            if isinstance(event, Described):
                self._send(event)
            else:
                self._pending_progress = event
                if time.monotonic() - self._sent_at >= PROGRESS_INTERVAL_S:
                    self._flush_progress()

    def log(self, level: PluginLogLevel, message: str, traceback: str | None = None) -> None:
        """Send a log line; drop it once the job has sent `_MAX_LOG_LINES`."""
        with self._lock:
            self._log_lines += 1
            plugin = self._find_plugin()
            if self._log_lines < _MAX_LOG_LINES:
                self._send(LogLine(level=level, message=message, plugin=plugin, traceback=traceback))
            elif self._log_lines == _MAX_LOG_LINES:
                text = "Further lines of this job are left out."
                self._send(LogLine(level="WARNING", message=text, plugin=plugin))

    def send_matched(self, answer: Matched) -> None:
        """Send the answer to a link."""
        with self._lock:
            self._send(answer)

    def send_result(self, result: JobResult) -> None:
        """Send the pending progress, then the job's result."""
        with self._lock:
            self._flush_progress()
            self._send(result)

    def _flush_progress(self) -> None:
        """Send the pending progress, so that the last progress of a file is never lost."""
        if self._pending_progress is not None:
            self._send(self._pending_progress)
            self._sent_at, self._pending_progress = time.monotonic(), None

    def _send(self, event: Event) -> None:
        line = encode(event, Event)
        if any(json.dumps(secret)[1:-1].encode() in line for secret in self._secrets):
            line = json.dumps(self._hide_secrets(json.loads(line))).encode() + b"\n"
        if len(line) > LINE_LIMIT_BYTES:
            raise ValueError("The result is too long to be told; a post has fewer files.")
        self._channel.sendall(line)

    def _hide_secrets(self, value: object) -> object:
        """Replace the secrets in the texts of a message; a secret can be a word that also names a field."""
        if isinstance(value, str):
            for secret in self._secrets:
                value = value.replace(secret, "***")
        elif isinstance(value, list):
            return [self._hide_secrets(item) for item in value]
        elif isinstance(value, dict):
            return {name: item if name == "_type" else self._hide_secrets(item) for name, item in value.items()}
        return value
