"""Bytes, speeds and times as people read them: pure."""

from collections.abc import Sequence
from datetime import datetime

from boss_bot_core.domain.sizes import MEGABYTE, format_size, split_size

_SLACK = 0.1 * MEGABYTE
_MINUTE_S = 60
_HOUR_S = 3600


def format_limit(size_bytes: int) -> str:
    """Return a limit as people know it, `20 MB`, although a little room is kept for a message's other parts."""
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
    """Return how much of how much, as `12.4 / 23.8 MB`; the unit once where both have the same."""
    done, total = split_size(done_bytes), split_size(total_bytes)
    first = done[0] if done[1] == total[1] else " ".join(done)
    return f"{first} / {' '.join(total)}"


def format_speed(bytes_per_s: float) -> str:
    """Return a speed as `1.2 MB/s`."""
    return f"{format_size(bytes_per_s)}/s"


def format_duration(seconds: float) -> str:
    """Return a length of time as `45s`, `2m 05s` or `1h 02m`."""
    whole = max(0, round(seconds))
    if whole < _MINUTE_S:
        return f"{whole}s"
    if whole < _HOUR_S:
        return f"{whole // _MINUTE_S}m {whole % _MINUTE_S:02}s"
    return f"{whole // _HOUR_S}h {whole % _HOUR_S // _MINUTE_S:02}m"


def format_rough_duration(seconds: float) -> str:
    """Return a rough length of time as `2 minutes`, never less than one minute above 45 seconds."""
    whole = max(1, round(seconds))
    if whole <= 45:
        return _plural(whole, "second")
    minutes = max(1, round(whole / _MINUTE_S))
    return _plural(minutes, "minute") if minutes < 90 else _plural(round(minutes / 60), "hour")


def relative_timestamp(when: datetime) -> str:
    """Return a time that Discord's clients show as `in 2 minutes` and keep up to date without edits."""
    return f"<t:{int(when.timestamp())}:R>"


def join_bold(names: Sequence[str]) -> str:
    """Return names in bold as one phrase: `**A**, **B** and **C**`."""
    bold = [f"**{name}**" for name in names]
    return " and ".join([", ".join(bold[:-1]), bold[-1]] if len(bold) > 1 else bold)


def _plural(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
