"""The text of `$storage`, which also says everything that its chart shows."""

from collections.abc import Iterable
from datetime import datetime

from boss_bot_core.bot.language import gettext as _
from boss_bot_core.bot.language import ngettext
from boss_bot_core.bot.storage_view import StorageView
from boss_bot_core.bot.texts import units
from boss_bot_core.bot.texts.help import code_block
from boss_bot_core.bot.texts.sentences import translate
from boss_bot_core.domain.cleanup import CleanupStats
from boss_bot_core.domain.preferences import BarStyle
from boss_bot_core.storage.usage_report import UsageGroup

_BAR_WIDTH = 12
_LABEL_WIDTH = 20


def chart_title(view: StorageView) -> str:
    """Return the title of the chart."""
    return _("Stored files by server") if view.guild_id is None else _("Stored files of this server by type")


def storage_text(view: StorageView, now: datetime) -> str:
    """Return what is stored, and until when."""
    stored = ngettext("Stored: {size} in {count} download", "Stored: {size} in {count} downloads", view.downloads)
    lines = [stored.format(size=units.format_bytes(view.size_bytes), count=view.downloads)]
    if view.guild_id is None:
        lines.append(_("Unfinished: {size}").format(size=units.format_bytes(view.metrics.temp_space_used)))
        lines.append(_cleanups_line(view.metrics.cleanup_stats))
    else:
        used, limit = units.format_bytes(view.fetched_bytes), units.format_bytes(view.daily_bytes)
        lines.append(_("Fetched today: {used} of {limit}").format(used=used, limit=limit))
    if view.metrics.measured_at is not None:
        ago = units.format_rough_duration((now - view.metrics.measured_at).total_seconds())
        lines.append(_("Last clean-up: {duration} ago").format(duration=ago))
    lines += ["", *_bar_lines(view.groups)]
    for each in view.usage.expiries:
        size = units.format_bytes(each.size_bytes)
        lines.append(_("expires within {period}: {size}").format(period=translate(each.label), size=size))
    return f"**{chart_title(view)}**\n{code_block(lines)}"


def _cleanups_line(stats: CleanupStats) -> str:
    line = _("Clean-ups: {count}, {failed} failed, {size} freed")
    return line.format(count=stats.runs, failed=stats.failures, size=units.format_bytes(stats.freed_bytes))


def _bar_lines(groups: Iterable[UsageGroup]) -> Iterable[str]:
    shown = tuple(groups)
    most = max((group.size_bytes for group in shown), default=0) or 1
    for group in shown:
        bar = units.progress_bar(group.size_bytes / most, BarStyle.BLOCKS, _BAR_WIDTH)
        yield f"{group.label[:_LABEL_WIDTH]:<{_LABEL_WIDTH}} {bar} {units.format_bytes(group.size_bytes)}"
