"""The usage report: what is stored, by guild, by type, by age and by the end of its retention. Pure."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

import attrs

from boss_bot_core.domain.items import LOCAL_ID
from boss_bot_core.storage.usage import StoredDownload

_HOUR = timedelta(hours=1)
_STEPS = ((_HOUR, "1 hour"), (6 * _HOUR, "6 hours"), (24 * _HOUR, "24 hours"), (72 * _HOUR, "72 hours"))
_LATER = "later"
_UNKNOWN = "unknown"


@attrs.frozen(kw_only=True)
class UsageGroup:
    """One line of a report.

    Attributes:
        label: What the downloads or files have in common.
        count: Number of downloads; of files by type, the number of downloads with such files.
        size_bytes: Their bytes.
    """

    label: str
    count: int = 0
    size_bytes: int = 0


@attrs.frozen(kw_only=True)
class UsageReport:
    """What is stored, in groups.

    Attributes:
        guilds: By guild, the largest first; a label is the guild's id.
        types: By the type of the files, the largest first.
        ages: By the time since a download was stored.
        expiries: By the time until the end of a download's retention.
    """

    guilds: tuple[UsageGroup, ...]
    types: tuple[UsageGroup, ...]
    ages: tuple[UsageGroup, ...]
    expiries: tuple[UsageGroup, ...]


def build_usage_report(downloads: Sequence[StoredDownload], now: datetime) -> UsageReport:
    """Return the report of some downloads at the time `now`."""
    sizes = [(kind, size) for each in downloads for kind, size in each.file_sizes.items()]
    return UsageReport(
        guilds=_sort(_group((name_guild(each.guild_id), each.size_bytes) for each in downloads)),
        types=_sort(_group(sizes)),
        ages=_group_by_time(downloads, lambda each: None if each.stored_at is None else now - each.stored_at),
        expiries=_group_by_time(downloads, lambda each: None if each.expires_at is None else each.expires_at - now),
    )


def name_guild(guild_id: int) -> str:
    """Return the label of a guild that has no name here."""
    return "command line" if guild_id == LOCAL_ID else str(guild_id)


def _group(sizes: Iterable[tuple[str, int]]) -> dict[str, UsageGroup]:
    groups: dict[str, UsageGroup] = {}
    for label, size_bytes in sizes:
        before = groups.get(label, UsageGroup(label=label))
        groups[label] = UsageGroup(label=label, count=before.count + 1, size_bytes=before.size_bytes + size_bytes)
    return groups


def _group_by_time(
    downloads: Iterable[StoredDownload], measure: Callable[[StoredDownload], timedelta | None]
) -> tuple[UsageGroup, ...]:
    groups = _group((_label(measure(each)), each.size_bytes) for each in downloads)
    return tuple(groups[label] for label in (*(label for _, label in _STEPS), _LATER, _UNKNOWN) if label in groups)


def _label(time: timedelta | None) -> str:
    if time is None:
        return _UNKNOWN
    return next((label for limit, label in _STEPS if time <= limit), _LATER)


def _sort(groups: dict[str, UsageGroup]) -> tuple[UsageGroup, ...]:
    return tuple(sorted(groups.values(), key=lambda group: (-group.size_bytes, group.label)))
