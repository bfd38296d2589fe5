"""The progress of `boss-bot get`: bars on a terminal, plain lines elsewhere; always on standard error."""

from types import TracebackType
from typing import Protocol, Self
from uuid import UUID

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import TransferSpeedColumn as SpeedColumn

from boss_bot_core.cli.advice import get_error_message
from boss_bot_core.cli.get.retry_wait import format_retry_wait, get_retry_wait_s
from boss_bot_core.cli.output import to_printable
from boss_bot_core.domain.events import JobEvent, JobProgressed, JobStatusChanged
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


def _print_line(console: Console, item: DownloadItem) -> None:
    """Print an item's status with its link; for a retry that waits, its time and the reason."""
    is_waiting = get_retry_wait_s(item) > 0
    text = f"{format_retry_wait(item)}: {get_error_message(item)}" if is_waiting else item.url
    console.print(to_printable(f"{_format_label(item)} {text}"), markup=False, highlight=False, soft_wrap=True)


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
        """Print a line for a changed status."""
        if isinstance(event, JobStatusChanged):
            _print_line(self._console, event.item)


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
        """Update the bar of the event's download; a line above the bars tells why and until when it waits."""
        task = self._tasks.get(event.item_id)
        if task is None:
            task = self._tasks[event.item_id] = self._bars.add_task(_format_label(event.item), total=None)
        if isinstance(event, JobProgressed):
            update = event.update
            self._bars.update(task, completed=update.bytes_downloaded, total=update.total_bytes)
        elif isinstance(event, JobStatusChanged) and get_retry_wait_s(event.item):
            _print_line(self._bars.console, event.item)
        self._bars.update(task, description=_format_label(event.item))


def choose_display(console: Console) -> ProgressDisplay:
    """Return bars for a terminal, and plain lines for anything else."""
    return BarProgress(console) if console.is_terminal else PlainProgress(console)
