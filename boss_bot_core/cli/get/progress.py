"""The progress of `boss-bot get` on standard error: bars on a terminal (`progress_bars`), plain lines elsewhere."""

from types import TracebackType
from typing import Protocol, Self, TextIO
from uuid import UUID

from boss_bot_core.cli.advice import get_error_message
from boss_bot_core.cli.get.retry_wait import format_retry_wait, get_retry_wait_s
from boss_bot_core.cli.output import to_printable
from boss_bot_core.domain.events import JobEvent, JobReused, JobStatusChanged
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


class ProgressLabels:
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


def format_line(label: str, item: DownloadItem) -> str:
    """Return an item's label with its link; for a retry that waits, its time and the reason."""
    text = f"{format_retry_wait(item)}: {get_error_message(item)}" if get_retry_wait_s(item) else item.url
    return to_printable(f"{label} {text}")


class PlainProgress:
    """Prints a line for every change of status; no line changes later, so logs and pipes stay readable."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._labels = ProgressLabels()
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
            self._stream.write(format_line(label, event.item) + "\n")
            self._stream.flush()


def choose_display(stream: TextIO) -> ProgressDisplay:
    """Return bars for a terminal, and plain lines for anything else."""
    if not stream.isatty():
        return PlainProgress(stream)
    # Importing rich takes as long as a small download.
    from boss_bot_core.cli.get.progress_bars import BarProgress  # noqa: PLC0415 - see above

    return BarProgress(stream)
