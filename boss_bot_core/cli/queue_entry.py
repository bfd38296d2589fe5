"""One download in `boss-bot queue list`: as the cells of a table, and as an object for JSON."""

from datetime import datetime

from boss_bot_core.cli.advice import get_error_message
from boss_bot_core.cli.get.retry_wait import get_retry_wait_s
from boss_bot_core.domain.clock import format_local_time, utc_now
from boss_bot_core.domain.items import LOCAL_ID, DownloadItem
from boss_bot_core.domain.sizes import format_size
from boss_bot_core.domain.status import DownloadPriority

TITLES = ("id", "state", "plugin, size", "when, who, where", "link")


def build_cells(item: DownloadItem, size_bytes: int | None) -> tuple[str, ...]:
    """Return the cells of a row; a cell has several lines, and the first one is the most important.

    Args:
        item: The download.
        size_bytes: Size of all its files, if it is known.
    """
    share = f" {item.progress:.0%}" if item.total_size and not item.is_finished else ""
    state = [item.status.value + share, f"attempt {item.attempt_count} of {item.max_attempts}"]
    if item.not_before and get_retry_wait_s(item):
        state.append(f"until {format_local_time(item.not_before, utc_now())}")
    if item.priority is not DownloadPriority.NORMAL:
        state.append(f"priority {item.priority.name.lower()}")
    asked = (f"{item.created_at.astimezone():%Y-%m-%d %H:%M}", _get_requester(item), _get_place(item))
    error = f"{item.error_type}: {get_error_message(item)}" if item.error_type else ""
    columns = (state, (item.plugin, "" if size_bytes is None else format_size(size_bytes)), asked, (item.url, error))
    return f"#{item.short_id}", *("\n".join(line for line in lines if line) for lines in columns)


def build_object(item: DownloadItem, size_bytes: int | None) -> dict[str, object]:
    """Return the object for JSON; what is not known, or does not exist on the command line, is None."""
    return {
        "id": item.id.hex,
        "url": item.url,
        "status": item.status.value,
        "progress": item.progress,
        "size_bytes": size_bytes,
        "attempts": item.attempt_count,
        "max_attempts": item.max_attempts,
        "priority": item.priority.name.lower(),
        "plugin": item.plugin,
        "title": item.title,
        "author": item.author,
        "user_id": item.user_id or None,
        "guild_id": item.guild_id or None,
        "destination": {"kind": item.destination.kind, "target": item.destination.target},
        "created_at": item.created_at.isoformat(),
        "started_at": _format_time(item.started_at),
        "completed_at": _format_time(item.completed_at),
        "not_before": _format_time(item.not_before),
        "error": {"code": item.error_type, "message": get_error_message(item)} if item.error_type else None,
    }


def _get_requester(item: DownloadItem) -> str:
    return "command line" if item.user_id == LOCAL_ID else f"Discord user {item.user_id}"


def _get_place(item: DownloadItem) -> str:
    if item.destination.kind == "folder":
        return item.destination.target
    server = "direct messages" if item.guild_id == LOCAL_ID else f"server {item.guild_id}"
    return f"channel {item.destination.target}, {server}"


def _format_time(when: datetime | None) -> str | None:
    return None if when is None else when.isoformat()
