"""The texts of a delivery: the message with files, the notes about files left out, and the reasons of a failure."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from types import MappingProxyType

from boss_bot_core.bot.language import gettext as _
from boss_bot_core.bot.texts import units
from boss_bot_core.bot.texts.escape import escape_title
from boss_bot_core.bot.texts.locale_format import and_more
from boss_bot_core.bot.texts.sentences import translate
from boss_bot_core.delivery.plan import DeliveryPlan, MessageLimits
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.media import DownloadedFile
from boss_bot_core.domain.sentence import ByteLimit, ByteSize, Sentence

_NAMED_FILES = 5
_NAME_LENGTH = 60

FILES_GONE = Sentence("The files are not kept any more.")
CHANNEL_GONE = Sentence("The channel is gone.")
MESSAGE_GONE = Sentence("The message was deleted on its way.")
POSTING_FORBIDDEN = Sentence("Discord does not let me post there.")
UNREACHABLE = Sentence("Discord could not be reached.")

REFUSALS: Mapping[int, Sentence] = MappingProxyType(
    {
        20_009: Sentence("Discord's filter for explicit content does not let it through."),
        50_001: Sentence("I cannot see that channel any more."),
        50_007: Sentence("You do not take direct messages from me."),
        50_013: Sentence("I may not post files in that channel any more."),
        50_083: Sentence("That thread is archived."),
        160_005: Sentence("That thread is locked."),
        200_000: Sentence("The server's AutoMod does not let it through."),
    }
)
"""Sentences by Discord's JSON error code."""


def refused_reason(code: int) -> Sentence:
    """Return the reason of a refusal whose error code has no sentence of its own."""
    return Sentence("Discord did not take it (error {code}).", code=code)


def no_answer_reason(seconds: float) -> Sentence:
    """Return the reason of a delivery that waited for Discord in vain."""
    return Sentence("Discord did not answer me for {minutes} min.", minutes=max(1, round(seconds / 60)))


def missing_permissions_reason(names: Sequence[str]) -> Sentence:
    """Return the reason of a delivery to a channel where the bot lacks permissions."""
    return Sentence("I need {permissions} in that channel.", permissions=" and ".join(names))


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


def left_out_reason(file: DownloadedFile, limits: MessageLimits, *, in_server: bool) -> Sentence:
    """Return why a file is not delivered, as its size and the limit; plain text without a full stop."""
    size, allowed = ByteSize(file.size_bytes), ByteLimit(limits.file_bytes)
    if str(size) == str(allowed):
        return Sentence("{size}, Discord does not take it here", size=size)
    if in_server:
        return Sentence("{size}, this server allows {limit}", size=size, limit=allowed)
    return Sentence("{size}, I can send {limit}", size=size, limit=allowed)


def left_out_receipt(file: DownloadedFile, limits: MessageLimits, *, in_server: bool) -> Sentence:
    """Return what is recorded with a file that was left out."""
    return Sentence("{reason}; it is kept on my host.", reason=left_out_reason(file, limits, in_server=in_server))


def left_out_notes(plan: DeliveryPlan, *, in_server: bool, spoiler: bool) -> tuple[str, ...]:
    """Return a line for each file that was left out, with the time until which the host keeps it."""
    bars = "||" if spoiler else ""
    lines = []
    for file in plan.left_out[:_NAMED_FILES]:
        note = _("📦 {file}: {reason}. Kept on the host until {when}.").format(
            file=f"{bars}{escape_title(file.filename, _NAME_LENGTH)}{bars}",
            reason=translate(left_out_reason(file, plan.limits, in_server=in_server)),
            when=units.relative_timestamp(file.expires_at),
        )
        lines.append(note)
    more = len(plan.left_out) - len(lines)
    return (*lines, *([f"📦 {and_more(more)}."] if more else []))


def nothing_fits_reason(plan: DeliveryPlan, kept_for: timedelta, *, in_server: bool) -> Sentence:
    """Return the sentence for a download none of whose files can be delivered."""
    smallest = min(plan.left_out, key=lambda file: file.size_bytes)
    reason = left_out_reason(smallest, plan.limits, in_server=in_server)
    hours = max(1, round(kept_for.total_seconds() / 3600))
    if (count := len(plan.left_out)) == 1:
        return Sentence("{reason}. I keep it on my host for {hours} h.", reason=reason, hours=hours)
    return Sentence(
        "Even the smallest of {count} files is too large: {reason}. I keep it on my host for {hours} h.",
        count=count,
        reason=reason,
        hours=hours,
    )
