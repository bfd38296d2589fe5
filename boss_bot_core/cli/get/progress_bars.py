"""`BarProgress`: the progress of `boss-bot get` on a terminal."""

from types import TracebackType
from typing import Self, TextIO
from uuid import UUID

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, Task, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import TransferSpeedColumn as SpeedColumn
from rich.text import Text

from boss_bot_core.cli.get.progress_labels import ProgressLabels, format_line
from boss_bot_core.cli.get.retry_wait import get_retry_wait_s
from boss_bot_core.domain.events import JobConversionProgressed, JobEvent, JobProgressed, JobStatusChanged


class AmountColumn(DownloadColumn):
    """The bytes of a download, and the share of a conversion."""

    def render(self, task: Task) -> Text:
        """Return the amount of a task."""
        if task.fields["is_conversion"]:
            return Text(f"{task.percentage:.0f} %", style="progress.percentage")
        return super().render(task)


class BarProgress:
    """Shows a bar for every download."""

    def __init__(self, stream: TextIO) -> None:
        self._bars = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            AmountColumn(binary_units=True),
            SpeedColumn(),
            TimeRemainingColumn(),
            console=Console(file=stream),
        )
        self._labels = ProgressLabels()
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
            task = self._tasks[event.item_id] = self._bars.add_task(label, total=None, is_conversion=False)
        if isinstance(event, JobProgressed):
            self._bars.update(task, completed=event.update.bytes_downloaded, total=event.update.total_bytes)
        elif isinstance(event, JobConversionProgressed):
            self._bars.update(task, completed=event.update.fraction, total=1.0, is_conversion=True)
        elif isinstance(event, JobStatusChanged) and get_retry_wait_s(event.item):
            line = format_line(label, event.item)
            self._bars.console.print(line, markup=False, highlight=False, soft_wrap=True)
        self._bars.update(task, description=label)
