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
from boss_bot_core.domain.events import JobEvent, JobProgressed, JobReused, JobStatusChanged
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


class _Labels:
    """The labels of downloads; remembers which of them are delivered from storage."""

    def __init__(self) -> None:
        self._reused: set[UUID] = set()

    def format(self, event: JobEvent) -> str:
        """Return the label of the event's download: its id and its status."""
        item = event.item
        if isinstance(event, JobReused):
            self._reused.add(item.id)
        status = "from storage" if item.is_running and item.id in self._reused else item.status.value
        return f"#{item.short_id} {status:<12}"


def _print_line(console: Console, label: str, item: DownloadItem) -> None:
    """Print an item's label with its link; for a retry that waits, its time and the reason."""
    text = f"{format_retry_wait(item)}: {get_error_message(item)}" if get_retry_wait_s(item) else item.url
    console.print(to_printable(f"{label} {text}"), markup=False, highlight=False, soft_wrap=True)


class PlainProgress:
    """Prints a line for every change of status; no line changes later, so logs and pipes stay readable."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._labels = _Labels()
        self._printed: dict[UUID, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def show(self, event: JobEvent) -> None:
        """Print a line for a changed status."""
        label = self._labels.format(event)
        if isinstance(event, JobStatusChanged | JobReused) and self._printed.get(event.item_id) != label:
            self._printed[event.item_id] = label
            _print_line(self._console, label, event.item)


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
        self._labels = _Labels()
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
        label = self._labels.format(event)
        task = self._tasks.get(event.item_id)
        if task is None:
            task = self._tasks[event.item_id] = self._bars.add_task(label, total=None)
        if isinstance(event, JobProgressed):
            self._bars.update(task, completed=event.update.bytes_downloaded, total=event.update.total_bytes)
        elif isinstance(event, JobStatusChanged) and get_retry_wait_s(event.item):
            _print_line(self._bars.console, label, event.item)
        self._bars.update(task, description=label)


def choose_display(console: Console) -> ProgressDisplay:
    """Return bars for a terminal, and plain lines for anything else."""
    return BarProgress(console) if console.is_terminal else PlainProgress(console)
