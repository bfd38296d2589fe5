"""The text of `$storage`, which also says everything that its chart shows."""

from collections.abc import Iterable
from datetime import datetime

from boss_bot_core.bot.storage_view import StorageView
from boss_bot_core.bot.texts import units
from boss_bot_core.bot.texts.help import code_block
from boss_bot_core.domain.preferences import BarStyle
from boss_bot_core.domain.sizes import format_size
from boss_bot_core.storage.usage_report import UsageGroup

_BAR_WIDTH = 12
_LABEL_WIDTH = 20


def chart_title(view: StorageView) -> str:
    """Return the title of the chart."""
    return "Stored files by server" if view.guild_id is None else "Stored files of this server by type"


def storage_text(view: StorageView, now: datetime) -> str:
    """Return what is stored, and until when."""
    lines = [f"Stored: {format_size(view.size_bytes)} in {units.pluralize(view.downloads, 'download')}"]
    if view.guild_id is None:
        temp = format_size(view.metrics.temp_space_used)
        lines.append(f"Unfinished: {temp}")
        stats = view.metrics.cleanup_stats
        lines.append(f"Clean-ups: {stats.runs}, {stats.failures} failed, {format_size(stats.freed_bytes)} freed")
    else:
        lines.append(f"Fetched today: {format_size(view.fetched_bytes)} of {format_size(view.daily_bytes)}")
    if view.metrics.measured_at is not None:
        ago = units.format_rough_duration((now - view.metrics.measured_at).total_seconds())
        lines.append(f"Last clean-up: {ago} ago")
    lines += ["", *_bar_lines(view.groups)]
    lines += [f"expires within {each.label}: {format_size(each.size_bytes)}" for each in view.usage.expiries]
    return f"**{chart_title(view)}**\n{code_block(lines)}"


def _bar_lines(groups: Iterable[UsageGroup]) -> Iterable[str]:
    shown = tuple(groups)
    most = max((group.size_bytes for group in shown), default=0) or 1
    for group in shown:
        bar = units.progress_bar(group.size_bytes / most, BarStyle.BLOCKS, _BAR_WIDTH)
        yield f"{group.label[:_LABEL_WIDTH]:<{_LABEL_WIDTH}} {bar} {format_size(group.size_bytes)}"
