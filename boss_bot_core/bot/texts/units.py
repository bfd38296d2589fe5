"""Formats sizes, speeds, times and shares for users, and draws the progress bar."""

from datetime import datetime

from boss_bot_core.bot.language import LazyText, ngettext
from boss_bot_core.bot.language import gettext as _
from boss_bot_core.bot.texts.locale_format import format_number
from boss_bot_core.domain.preferences import BarStyle
from boss_bot_core.domain.sizes import split_limit, split_size

WIDTH = 20
"""Characters of a progress bar, without brackets."""

_BAR_CHARACTERS = {BarStyle.BLOCKS: ("█", "░"), BarStyle.DOTS: ("●", "○")}
_MINUTE_S = 60
_HOUR_S = 3600

NOT_KNOWN = LazyText("not known yet")
"""Shown in place of an estimate that cannot be made."""

_UNITS = {"B": LazyText("B"), "KB": LazyText("KB"), "MB": LazyText("MB"), "GB": LazyText("GB")}


def format_bytes(size_bytes: float) -> str:
    """Return a size as `23.8 MB`, `512 KB` or `87 B`."""
    return format_split(*split_size(size_bytes))


def format_split(number: str, unit: str) -> str:
    """Return the English number and the unit of a size in the language of the current task."""
    return f"{format_number(number)} {_UNITS[unit]}"


def format_limit(size_bytes: int) -> str:
    """Return a limit as users know it, `20 MB`, although a small part of it is reserved for the rest of a message."""
    return format_split(*split_limit(size_bytes))


def format_limit_compact(size_bytes: int) -> str:
    """Return a limit as `20MB`."""
    return format_limit(size_bytes).replace(" ", "")


def format_size_compact(size_bytes: float) -> str:
    """Return bytes as `2.3MB`."""
    return format_bytes(size_bytes).replace(" ", "")


def format_share(done_bytes: int, total_bytes: int) -> str:
    """Return the finished part of a size as `12.4 / 23.8 MB`; a unit that both have stands once."""
    done, total = split_size(done_bytes), split_size(total_bytes)
    first = format_number(done[0]) if done[1] == total[1] else format_split(*done)
    return f"{first} / {format_split(*total)}"


def format_speed(bytes_per_s: float) -> str:
    """Return a speed as `1.2 MB/s`."""
    return _("{size}/s").format(size=format_bytes(bytes_per_s))


def format_duration(seconds: float) -> str:
    """Return a duration as `45s`, `2m 05s` or `1h 02m`."""
    whole = max(0, round(seconds))
    if whole < _MINUTE_S:
        return _("{seconds}s").format(seconds=whole)
    if whole < _HOUR_S:
        return _("{minutes}m {seconds}s").format(minutes=whole // _MINUTE_S, seconds=f"{whole % _MINUTE_S:02}")
    minutes = whole % _HOUR_S // _MINUTE_S
    return _("{hours}h {minutes}m").format(hours=whole // _HOUR_S, minutes=f"{minutes:02}")


def format_rough_duration(seconds: float) -> str:
    """Return a rough duration as `2 minutes`, never less than one minute above 45 seconds."""
    whole = max(1, round(seconds))
    if whole <= 45:
        return ngettext("{count} second", "{count} seconds", whole).format(count=whole)
    if (minutes := max(1, round(whole / _MINUTE_S))) < 90:
        return ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes)
    hours = round(minutes / 60)
    return ngettext("{count} hour", "{count} hours", hours).format(count=hours)


def relative_timestamp(when: datetime) -> str:
    """Return a timestamp that Discord's clients show as `in 2 minutes` and update without edits."""
    return f"<t:{int(when.timestamp())}:R>"


def progress_bar(fraction: float, style: BarStyle = BarStyle.STANDARD, width: int = WIDTH) -> str:
    """Return a progress bar. It is full only when everything is done.

    Args:
        fraction: The finished share; a value outside of 0 to 1 counts as the nearest end.
        style: How the bar is drawn.
        width: Characters of the bar; the brackets of the standard style are added to them.
    """
    filled = _filled(fraction, width)
    if style in _BAR_CHARACTERS:
        on, off = _BAR_CHARACTERS[style]
        return on * filled + off * (width - filled)
    head = ">" if 0 < filled < width else ""
    return f"[{('=' * filled + head).ljust(width)}]"


def format_percent(fraction: float) -> str:
    """Return a share as `52%`; `100%` only when everything is done."""
    percent = 100 if fraction >= 1 else int(max(0.0, fraction) * 100)
    return _("{percent}%").format(percent=percent)


def _filled(fraction: float, width: int) -> int:
    if fraction >= 1:
        return width
    return min(round(max(0.0, fraction) * width), width - 1)
