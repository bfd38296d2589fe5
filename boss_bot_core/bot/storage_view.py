"""What `$storage` shows: the stored files of one guild, or of all guilds, gathered from the disk and the database."""

import asyncio
from collections.abc import Callable

import attrs

from boss_bot_core.app.app import App
from boss_bot_core.charts.bar_chart import Bar
from boss_bot_core.domain.clock import utc_now
from boss_bot_core.domain.sizes import format_size
from boss_bot_core.domain.storage import StorageMetrics
from boss_bot_core.storage.usage import list_stored_downloads
from boss_bot_core.storage.usage_report import UsageGroup, UsageReport, build_usage_report

_MOST_BARS = 12


@attrs.frozen(kw_only=True)
class StorageView:
    """The storage as one viewer may see it.

    Attributes:
        guild_id: The guild; None stands for all of them.
        downloads: Number of stored downloads.
        size_bytes: Their bytes.
        usage: The downloads in groups; guilds have their names.
        fetched_bytes: What the guild has fetched today (UTC); 0 for all guilds.
        daily_bytes: How much a guild may fetch in a day.
        metrics: The metrics of the clean-ups.
    """

    guild_id: int | None
    downloads: int
    size_bytes: int
    usage: UsageReport
    fetched_bytes: int
    daily_bytes: int
    metrics: StorageMetrics

    @property
    def groups(self) -> tuple[UsageGroup, ...]:
        """The groups of the chart: guilds, or the types of one guild's files."""
        return (self.usage.guilds if self.guild_id is None else self.usage.types)[:_MOST_BARS]

    @property
    def bars(self) -> list[Bar]:
        """The bars of the chart."""
        return [Bar(label=each.label, value=each.size_bytes, text=format_size(each.size_bytes)) for each in self.groups]


async def read_storage(app: App, guild_id: int | None, find_name: Callable[[int], str | None]) -> StorageView:
    """Return what is stored for a guild, or for all of them.

    Args:
        app: The open app.
        guild_id: The guild; None stands for all of them.
        find_name: Returns the name of a guild by its id, if the bot is a member of it.
    """
    layout = app.services.storage.layout
    stored = await asyncio.to_thread(lambda: tuple(list_stored_downloads(layout)))
    shown = [each for each in stored if guild_id in {None, each.guild_id}]
    fetched_bytes = 0
    if guild_id is not None:
        async with app.services.database.connect() as tx:
            fetched_bytes = await tx.guild_traffic.count_bytes(guild_id, utc_now().date())
    usage = build_usage_report(shown, utc_now())
    return StorageView(
        guild_id=guild_id,
        downloads=len(shown),
        size_bytes=sum(each.size_bytes for each in shown),
        usage=attrs.evolve(usage, guilds=tuple(_name(each, find_name) for each in usage.guilds)),
        fetched_bytes=fetched_bytes,
        daily_bytes=app.services.settings.storage.guild_daily_bytes,
        metrics=await app.cleanup.totals.read_metrics(),
    )


def _name(group: UsageGroup, find_name: Callable[[int], str | None]) -> UsageGroup:
    name = find_name(int(group.label)) if group.label.isdecimal() else None
    return group if name is None else attrs.evolve(group, label=name)
