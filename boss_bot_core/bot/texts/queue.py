"""What `$dlq` shows, in the PRD's form: pure.

The queue is everybody's; what a download is called is shown in its own server only.
"""

from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

import attrs

from boss_bot_core.bot.texts import units
from boss_bot_core.bot.texts.escape import escape_code
from boss_bot_core.bot.texts.progress_bar import format_percent, progress_bar
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.progress import QueuePosition
from boss_bot_core.domain.status import DownloadStatus

PAGE_SIZE = 10
_BAR_WIDTH = 8
_NAME_LENGTH = 40
_SIGNS = {DownloadStatus.QUEUED: "WAITING"}


@attrs.frozen(kw_only=True)
class Viewer:
    """Who looks, and where.

    Attributes:
        user_id: Discord's id.
        guild_id: Their server, or `LOCAL_ID` in direct messages.
        sees_adult: Whether adult titles may be shown there.
    """

    user_id: int
    guild_id: int
    sees_adult: bool = False

    def may_read(self, item: DownloadItem) -> bool:
        """Tell whether they may know what `item` is; everybody in the channel reads the answer."""
        own_place = item.user_id == self.user_id or (self.guild_id != 0 and item.guild_id == self.guild_id)
        return own_place and (self.sees_adult or not item.adult) and not item.options.spoiler


def queue_text(
    items: Sequence[DownloadItem], viewer: Viewer, *, page: int = 1, position: QueuePosition | None = None
) -> str:
    """Return a page of the queue.

    Args:
        items: Everything that runs, waits and is paused, in order.
        viewer: Who looks.
        page: Which page, from 1; one that is not there shows the nearest.
        position: Where the viewer's next download waits, if one does.
    """
    if not items:
        return "The queue is empty. `$dl` with a link puts something into it."
    pages = -(-len(items) // PAGE_SIZE)
    page = min(max(1, page), pages)
    first = (page - 1) * PAGE_SIZE
    shown = enumerate(items[first : first + PAGE_SIZE], start=first + 1)
    lines = ["Current Queue Status:", *(_line(number, item, viewer) for number, item in shown)]
    if pages > 1:
        lines.append(f"Page {page} of {pages}")
    return "\n".join(["```", *lines, "```", *_own_place(items, viewer, position)])


def _own_place(items: Sequence[DownloadItem], viewer: Viewer, position: QueuePosition | None) -> list[str]:
    if position is not None:
        wait = (
            "not known yet"
            if position.estimated_wait_s is None
            else units.format_rough_duration(position.estimated_wait_s)
        )
        return [f"Your position: {position.position}", f"Estimated wait: {wait}"]
    if any(item.user_id == viewer.user_id and item.is_running for item in items):
        return ["Yours is under way."]
    return []


def _line(number: int, item: DownloadItem, viewer: Viewer) -> str:
    own = "*" if item.user_id == viewer.user_id else ""
    name = f"{_name(item)} #{item.short_id}{own}" if viewer.may_read(item) else "(not shown here)"
    return f"{number}. {name} {_state(item)}"


def _state(item: DownloadItem) -> str:
    if item.status is DownloadStatus.DOWNLOADING and item.progress:
        return f"{progress_bar(item.progress, width=_BAR_WIDTH)} {format_percent(item.progress)}"
    return f"[{_SIGNS.get(item.status, item.status.upper())}]"


def _name(item: DownloadItem) -> str:
    parts = urlsplit(item.url)
    last = unquote(parts.path.rstrip("/").rpartition("/")[2])
    return escape_code(item.title or last or parts.hostname or "?", _NAME_LENGTH)
