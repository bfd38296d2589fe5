"""The text of a message with files: what it is, which part of it, and what was left out and why. Pure."""

from collections.abc import Sequence
from datetime import timedelta

from boss_bot_core.bot.texts import units
from boss_bot_core.bot.texts.escape import escape_title
from boss_bot_core.delivery.plan import DeliveryPlan, MessageLimits
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.media import DownloadedFile
from boss_bot_core.domain.sizes import format_size

_NAMED_FILES = 5
_NAME_LENGTH = 60


def delivery_mark(item: DownloadItem, batch: int, batches: int) -> str:
    """Return the small line that no other message has: which part it is, and whose download's."""
    part = f"{batch + 1}/{batches} · " if batches > 1 else ""
    return f"-# {part}#{item.short_id}"


def message_content(title: str | None, mark: str, notes: Sequence[str] = (), *, veiled: bool) -> str:
    """Return the whole text.

    Args:
        title: What the post is called, by a stranger; None where it has no name.
        mark: From `delivery_mark`.
        notes: Lines about what was left out.
        veiled: Whether the title goes behind a spoiler veil as well.
    """
    shown = escape_title(title) if title else ""
    heading = (f"||{shown}||" if veiled else f"**{shown}**") if shown else None
    return "\n".join(line for line in (heading, mark, *notes) if line)


def why_left_out(file: DownloadedFile, limits: MessageLimits, *, in_server: bool) -> str:
    """Return why the file is not delivered: size against limit, plain text without a full stop."""
    size, allowed = format_size(file.size_bytes), units.format_limit(limits.file_bytes)
    if size == allowed:
        return f"{size}, Discord does not take it here"
    return f"{size}, {'this server allows' if in_server else 'I can send'} {allowed}"


def left_out_notes(plan: DeliveryPlan, *, in_server: bool, veiled: bool) -> tuple[str, ...]:
    """Return a line for each file that was left out, with the time until which it is kept."""
    veil = "||" if veiled else ""
    lines = [
        f"📦 {veil}{escape_title(file.filename, _NAME_LENGTH)}{veil}: "
        f"{why_left_out(file, plan.limits, in_server=in_server)}. "
        f"Kept on the host until {units.relative_timestamp(file.expires_at)}."
        for file in plan.left_out[:_NAMED_FILES]
    ]
    more = len(plan.left_out) - len(lines)
    return (*lines, *([f"📦 and {more} more."] if more else []))


def nothing_fits(plan: DeliveryPlan, kept_for: timedelta, *, in_server: bool) -> str:
    """Return the sentence of a download of which no file can be delivered."""
    smallest = min(plan.left_out, key=lambda file: file.size_bytes)
    subject = f"Even the smallest of {len(plan.left_out)} files is too large: " if len(plan.left_out) > 1 else ""
    hours = max(1, round(kept_for.total_seconds() / 3600))
    return f"{subject}{why_left_out(smallest, plan.limits, in_server=in_server)}. I keep it on my host for {hours} h."
