"""The progress of `boss-bot get` on standard error: bars on a terminal (`progress_bars`), plain lines elsewhere."""

from contextlib import suppress
from types import TracebackType
from typing import Protocol, Self, TextIO
from uuid import UUID

from boss_bot_core.cli.get.progress_labels import ProgressLabels, format_line
from boss_bot_core.domain.events import JobConversionProgressed, JobEvent, JobReused, JobStatusChanged


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


_PRINTED = (JobStatusChanged, JobReused, JobConversionProgressed)


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
        """Print a line for a changed status, and one for a conversion."""
        label = self._labels.format(event)
        if isinstance(event, _PRINTED) and self._printed.get(event.item_id) != label:
            self._printed[event.item_id] = label
            with suppress(OSError):  # a line that cannot be written must not end a download
                self._stream.write(format_line(label, event.item) + "\n")
                self._stream.flush()


def choose_display(stream: TextIO) -> ProgressDisplay:
    """Return bars for a terminal, and plain lines for anything else."""
    if not stream.isatty():
        return PlainProgress(stream)
    # Importing rich takes as long as a small download.
    from boss_bot_core.cli.get.progress_bars import BarProgress  # noqa: PLC0415 - see above

    return BarProgress(stream)
