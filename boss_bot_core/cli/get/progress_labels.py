"""The words of `boss-bot get` about a download: its label, and its line."""

from uuid import UUID

from boss_bot_core.cli.advice import get_error_message
from boss_bot_core.cli.get.retry_wait import format_retry_wait, get_retry_wait_s
from boss_bot_core.cli.output import to_printable
from boss_bot_core.domain.events import JobConversionProgressed, JobEvent, JobReused
from boss_bot_core.domain.items import DownloadItem


class ProgressLabels:
    """The labels of downloads; remembers which of them are delivered from storage."""

    def __init__(self) -> None:
        self._reused: set[UUID] = set()

    def format(self, event: JobEvent) -> str:
        """Return the label of the event's download: its id and its status."""
        item = event.item
        if isinstance(event, JobReused):
            self._reused.add(item.id)
        if isinstance(event, JobConversionProgressed):
            return f"#{item.short_id} {'converting':<12}"
        status = "from storage" if item.is_running and item.id in self._reused else item.status.value
        return f"#{item.short_id} {status:<12}"


def format_line(label: str, item: DownloadItem) -> str:
    """Return an item's label with its link; for a retry that waits, its time and the reason."""
    text = f"{format_retry_wait(item)}: {get_error_message(item)}" if get_retry_wait_s(item) else item.url
    return to_printable(f"{label} {text}")
