"""Observations for alerts: of the disks, of failed clean-ups, of a server's traffic, and of the events of downloads."""

import shutil
from collections.abc import Callable, Iterable, Iterator

from boss_bot_core.domain.errors import ErrorType
from boss_bot_core.domain.events import JobCompleted, JobEvent, JobFailed, SuspiciousFileFound
from boss_bot_core.domain.sizes import format_size
from boss_bot_core.operations.alerts import AlertKind, Observation
from boss_bot_core.storage import StorageLayout


def observe_disks(layout: StorageLayout) -> tuple[Observation, ...]:
    """Return an observation of each disk in use; blocking.

    Raises:
        OSError: A folder is gone, or its disk does not answer.
    """
    # Both folders are usually on one disk, which gives one observation.
    disks = {folder.stat().st_dev: shutil.disk_usage(folder) for folder in (layout.temp, layout.downloads)}
    return tuple(_observe_disk(device, disk.used, disk.free) for device, disk in disks.items())


def _observe_disk(device: int, used_bytes: int, free_bytes: int) -> Observation:
    # As df counts: what is reserved for root is neither used nor free.
    level = used_bytes / max(used_bytes + free_bytes, 1)
    state = f"The disk of the downloads is {level:.0%} full: {format_size(free_bytes)} are free."
    text = f"{state} Free some space."
    return Observation(kind=AlertKind.SPACE, subject=str(device), level=level, text=text, over_text=state)


def observe_cleanup(new_errors: int) -> Observation:
    """Return an observation of the clean-ups, with the number of errors since the last one."""
    text = f"A clean-up of the storage had errors ({new_errors}); the log has the reasons and what to do."
    return Observation(kind=AlertKind.CLEANUP, level=float(new_errors > 0), text=text)


def observe_failure_rate(level: float) -> Observation:
    """Return an observation of the rate at which downloads fail, from 0 to 1."""
    state = f"{level:.0%} of the last downloads failed"
    text = f"{state}; the log has the reasons."
    return Observation(kind=AlertKind.ERROR_RATE, level=level, text=text, over_text=f"{state}.")


def observe_quota(guild_id: int, used_bytes: int, limit_bytes: int) -> Observation:
    """Return an observation of what a server has fetched today."""
    used = f"{format_size(used_bytes)} of {format_size(limit_bytes)}"
    state = f"Server {guild_id} has used {used} for today (guild_daily_bytes)"
    return Observation(
        kind=AlertKind.QUOTA,
        subject=str(guild_id),
        level=used_bytes / limit_bytes,
        text=f"{state}; at the limit, its downloads are refused.",
        over_text=f"{state}.",
    )


def observe_events(event: JobEvent, has_cookies: Callable[[str], bool]) -> Iterable[Observation]:
    """Return what one event says about suspicious files and about the cookies of its plugin.

    Args:
        event: The event.
        has_cookies: Returns whether a plugin has cookies that can be used.
    """
    return (*_observe_suspicion(event), *_observe_cookies(event, has_cookies))


def _observe_suspicion(event: JobEvent) -> Iterator[Observation]:
    if isinstance(event, SuspiciousFileFound):
        item = event.item
        text = f"A file was refused: {event.reason} Job {item.short_id}, asked for by user {item.user_id}: {item.url}"
        yield Observation(kind=AlertKind.SUSPICIOUS_FILE, subject=event.reason, level=1.0, text=text)


def _observe_cookies(event: JobEvent, has_cookies: Callable[[str], bool]) -> Iterator[Observation]:
    plugin = event.item.plugin or ""
    if isinstance(event, JobFailed):
        is_refused = event.error.error_type is ErrorType.AUTH_REQUIRED and has_cookies(plugin)
    elif isinstance(event, JobCompleted):
        is_refused = False
    else:
        return
    # Another failure says nothing about the cookies.
    if is_refused or isinstance(event, JobCompleted):
        text = f"A site wants a login although plugin {plugin} has cookies: export them again (cookies.{plugin})."
        over = f"Plugin {plugin} has completed a download again."
        yield Observation(kind=AlertKind.COOKIES, subject=plugin, level=float(is_refused), text=text, over_text=over)
