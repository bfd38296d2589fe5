"""The texts of a delivery: the message with files, the notes about files left out, and the reasons of a failure."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from types import MappingProxyType

from boss_bot_core.bot.language import gettext as _
from boss_bot_core.bot.texts import units
from boss_bot_core.bot.texts.escape import escape_title
from boss_bot_core.bot.texts.locale_format import and_more
from boss_bot_core.delivery.plan import DeliveryPlan, MessageLimits
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.media import DownloadedFile

_NAMED_FILES = 5
_NAME_LENGTH = 60

FILES_GONE = "The files are not kept any more."
CHANNEL_GONE = "The channel is gone."
MESSAGE_GONE = "The message was deleted on its way."
POSTING_FORBIDDEN = "Discord does not let me post there."
UNREACHABLE = "Discord could not be reached."

REFUSALS: Mapping[int, str] = MappingProxyType(
    {
        20_009: "Discord's filter for explicit content does not let it through.",
        50_001: "I cannot see that channel any more.",
        50_007: "You do not take direct messages from me.",
        50_013: "I may not post files in that channel any more.",
        50_083: "That thread is archived.",
        160_005: "That thread is locked.",
        200_000: "The server's AutoMod does not let it through.",
    }
)
"""Sentences by Discord's JSON error code."""


def refused_reason(code: int) -> str:
    """Return the reason of a refusal whose error code has no sentence of its own."""
    return f"Discord did not take it (error {code})."


def no_answer_reason(seconds: float) -> str:
    """Return the reason of a delivery that waited for Discord in vain."""
    return f"Discord did not answer me for {max(1, round(seconds / 60))} min."


def missing_permissions_reason(names: Sequence[str]) -> str:
    """Return the reason of a delivery to a channel where the bot lacks permissions."""
    return f"I need {' and '.join(names)} in that channel."


def delivery_mark(item: DownloadItem, batch: int, batches: int) -> str:
    """Return the small line that identifies a message: which part of which download it is."""
    part = f"{batch + 1}/{batches} · " if batches > 1 else ""
    return f"-# {part}#{item.short_id}"


def message_content(title: str | None, mark: str, notes: Sequence[str] = (), *, spoiler: bool) -> str:
    """Return the whole text of a message with files.

    Args:
        title: The title of the post, written by a stranger; None when it has no title.
        mark: The line from `delivery_mark`.
        notes: Lines about the files that were left out.
        spoiler: Whether the title is a spoiler as well.
    """
    shown = escape_title(title) if title else ""
    heading = (f"||{shown}||" if spoiler else f"**{shown}**") if shown else None
    return "\n".join(line for line in (heading, mark, *notes) if line)


def left_out_reason(file: DownloadedFile, limits: MessageLimits, *, in_server: bool) -> str:
    """Return why a file is not delivered, as its size and the limit; plain text without a full stop."""
    size, allowed = units.format_size(file.size_bytes), units.format_limit(limits.file_bytes)
    if size == allowed:
        return _("{size}, Discord does not take it here").format(size=size)
    reason = _("{size}, this server allows {limit}") if in_server else _("{size}, I can send {limit}")
    return reason.format(size=size, limit=allowed)


def left_out_receipt(file: DownloadedFile, limits: MessageLimits, *, in_server: bool) -> str:
    """Return what is recorded with a file that was left out."""
    return f"{left_out_reason(file, limits, in_server=in_server)}; it is kept on my host."


def left_out_notes(plan: DeliveryPlan, *, in_server: bool, spoiler: bool) -> tuple[str, ...]:
    """Return a line for each file that was left out, with the time until which the host keeps it."""
    bars = "||" if spoiler else ""
    lines = []
    for file in plan.left_out[:_NAMED_FILES]:
        note = _("📦 {file}: {reason}. Kept on the host until {when}.").format(
            file=f"{bars}{escape_title(file.filename, _NAME_LENGTH)}{bars}",
            reason=left_out_reason(file, plan.limits, in_server=in_server),
            when=units.relative_timestamp(file.expires_at),
        )
        lines.append(note)
    more = len(plan.left_out) - len(lines)
    return (*lines, *([f"📦 {and_more(more)}."] if more else []))


def nothing_fits_reason(plan: DeliveryPlan, kept_for: timedelta, *, in_server: bool) -> str:
    """Return the sentence for a download none of whose files can be delivered."""
    smallest = min(plan.left_out, key=lambda file: file.size_bytes)
    subject = f"Even the smallest of {len(plan.left_out)} files is too large: " if len(plan.left_out) > 1 else ""
    hours = max(1, round(kept_for.total_seconds() / 3600))
    return (
        f"{subject}{left_out_reason(smallest, plan.limits, in_server=in_server)}. I keep it on my host for {hours} h."
    )
