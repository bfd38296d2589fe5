"""The progress bar in its three styles, and the percentage beside it."""

from boss_bot_core.domain.preferences import BarStyle

WIDTH = 20

_SIGNS = {BarStyle.BLOCKS: ("█", "░"), BarStyle.DOTS: ("●", "○")}


def progress_bar(fraction: float, style: BarStyle = BarStyle.STANDARD, width: int = WIDTH) -> str:
    """Return a bar of `width` signs (brackets of the standard style come on top); full only when all is there.

    Args:
        fraction: Share done; what is outside 0 to 1 counts as its nearest end.
        style: How it is drawn.
        width: Signs.
    """
    filled = _filled(fraction, width)
    if style in _SIGNS:
        on, off = _SIGNS[style]
        return on * filled + off * (width - filled)
    head = ">" if 0 < filled < width else ""
    return f"[{('=' * filled + head).ljust(width)}]"


def format_percent(fraction: float) -> str:
    """Return a share as `52%`; `100%` only when all is there."""
    return "100%" if fraction >= 1 else f"{int(max(0.0, fraction) * 100)}%"


def _filled(fraction: float, width: int) -> int:
    if fraction >= 1:
        return width
    return min(round(max(0.0, fraction) * width), width - 1)
