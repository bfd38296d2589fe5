"""Formats sizes, speeds, times, shares and lists of names for users, and draws the progress bar."""

from collections.abc import Sequence
from datetime import datetime

from boss_bot_core.domain.preferences import BarStyle
from boss_bot_core.domain.sizes import MEGABYTE, format_size, split_size

WIDTH = 20
"""Characters of a progress bar, without brackets."""

_BAR_CHARACTERS = {BarStyle.BLOCKS: ("█", "░"), BarStyle.DOTS: ("●", "○")}
_SLACK = 0.1 * MEGABYTE
_MINUTE_S = 60
_HOUR_S = 3600

NOT_KNOWN = "not known yet"
"""Shown in place of an estimate that cannot be made."""


def format_limit(size_bytes: int) -> str:
    """Return a limit as users know it, `20 MB`, although a small part of it is reserved for the rest of a message."""
    whole = round(size_bytes / MEGABYTE)
    is_whole = abs(size_bytes - whole * MEGABYTE) < _SLACK
    return f"{whole} MB" if is_whole and whole else format_size(size_bytes)


def format_limit_compact(size_bytes: int) -> str:
    """Return a limit as `20MB`."""
    return format_limit(size_bytes).replace(" ", "")


def format_size_compact(size_bytes: float) -> str:
    """Return bytes as `2.3MB`."""
    return format_size(size_bytes).replace(" ", "")


def format_share(done_bytes: int, total_bytes: int) -> str:
    """Return the finished part of a size as `12.4 / 23.8 MB`; a unit that both have stands once."""
    done, total = split_size(done_bytes), split_size(total_bytes)
    first = done[0] if done[1] == total[1] else " ".join(done)
    return f"{first} / {' '.join(total)}"


def format_speed(bytes_per_s: float) -> str:
    """Return a speed as `1.2 MB/s`."""
    return f"{format_size(bytes_per_s)}/s"


def format_duration(seconds: float) -> str:
    """Return a duration as `45s`, `2m 05s` or `1h 02m`."""
    whole = max(0, round(seconds))
    if whole < _MINUTE_S:
        return f"{whole}s"
    if whole < _HOUR_S:
        return f"{whole // _MINUTE_S}m {whole % _MINUTE_S:02}s"
    return f"{whole // _HOUR_S}h {whole % _HOUR_S // _MINUTE_S:02}m"


def format_rough_duration(seconds: float) -> str:
    """Return a rough duration as `2 minutes`, never less than one minute above 45 seconds."""
    whole = max(1, round(seconds))
    if whole <= 45:
        return pluralize(whole, "second")
    minutes = max(1, round(whole / _MINUTE_S))
    return pluralize(minutes, "minute") if minutes < 90 else pluralize(round(minutes / 60), "hour")


def relative_timestamp(when: datetime) -> str:
    """Return a timestamp that Discord's clients show as `in 2 minutes` and update without edits."""
    return f"<t:{int(when.timestamp())}:R>"


def join_bold(names: Sequence[str]) -> str:
    """Return names in bold as one phrase: `**A**, **B** and **C**`."""
    bold = [f"**{name}**" for name in names]
    return " and ".join([", ".join(bold[:-1]), bold[-1]] if len(bold) > 1 else bold)


def pluralize(count: int, word: str) -> str:
    """Return a count with its word, as `1 minute` or `2 minutes`."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


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
    return "100%" if fraction >= 1 else f"{int(max(0.0, fraction) * 100)}%"


def _filled(fraction: float, width: int) -> int:
    if fraction >= 1:
        return width
    return min(round(max(0.0, fraction) * width), width - 1)
