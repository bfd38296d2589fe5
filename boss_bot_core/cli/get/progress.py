"""The progress of `boss-bot get`: bars on a terminal, plain lines elsewhere; always on standard error."""

from types import TracebackType
from typing import Protocol, Self
from uuid import UUID

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import TransferSpeedColumn as SpeedColumn

from boss_bot_core.domain.clock import utc_now
from boss_bot_core.domain.events import JobEvent, JobProgressed, JobRetryScheduled, JobStatusChanged
from boss_bot_core.domain.items import DownloadItem


class ProgressDisplay(Protocol):
    """Shows the events of the downloads that the command waits for."""

    def __enter__(self) -> Self:
        """Start the display."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the display."""
        ...

    def show(self, event: JobEvent) -> None:
        """Show an event."""
        ...


def _format_label(item: DownloadItem) -> str:
    return f"#{item.short_id} {item.status.value:<11}"


def _format_retry(item: DownloadItem) -> str:
    wait_s = (item.not_before - utc_now()).total_seconds() if item.not_before else 0.0
    return f"retrying in {max(0.0, wait_s):.0f} s ({item.attempt_count + 1} of {item.max_attempts})"


class PlainProgress:
    """Prints a line for every change of status; no line changes later, so logs and pipes stay readable."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def show(self, event: JobEvent) -> None:
        """Print a line for a changed status or a scheduled retry."""
        if isinstance(event, JobRetryScheduled):
            self._print(f"{_format_label(event.item)} {_format_retry(event.item)}: {event.error.message}")
        elif isinstance(event, JobStatusChanged):
            self._print(f"{_format_label(event.item)} {event.item.url}")

    def _print(self, line: str) -> None:
        self._console.print(line, markup=False, highlight=False, soft_wrap=True)


class BarProgress:
    """Shows a bar for every download."""

    def __init__(self, console: Console) -> None:
        self._bars = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            DownloadColumn(binary_units=True),
            SpeedColumn(),
            TimeRemainingColumn(),
            console=console,
        )
        self._tasks: dict[UUID, TaskID] = {}

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bars.stop()

    def show(self, event: JobEvent) -> None:
        """Update the bar of the event's download."""
        task = self._tasks.get(event.item_id)
        if task is None:
            task = self._tasks[event.item_id] = self._bars.add_task(_format_label(event.item), total=None)
        if isinstance(event, JobProgressed):
            update = event.update
            self._bars.update(task, completed=update.bytes_downloaded, total=update.total_bytes)
        self._bars.update(task, description=_format_label(event.item))


def choose_display(console: Console) -> ProgressDisplay:
    """Return bars for a terminal, and plain lines for anything else."""
    return BarProgress(console) if console.is_terminal else PlainProgress(console)
