"""The details of a download: what the Details button shows, and what verbose cards add.

How a card tells the end of a download: what came, what is missing, why it failed.
"""

from datetime import datetime

from boss_bot_core.bot.cards.model import CardData
from boss_bot_core.bot.texts import cards as card_texts
from boss_bot_core.bot.texts import units
from boss_bot_core.bot.texts.errors import failure_text
from boss_bot_core.bot.texts.escape import escape_code, escape_sentence, escape_title
from boss_bot_core.domain.media import DownloadedFile, SkippedFile

_URL_LENGTH = 200


def detail_lines(view: CardData) -> tuple[str, ...]:
    """Return the facts that most people need not see, one per line."""
    item = view.item
    lines = [
        f"Priority: {item.priority.name.title()} · attempt {max(1, item.attempt_count)} of {item.max_attempts}",
        f"Source: `{escape_code(item.plugin)}` · `{escape_code(item.media_key)}`",
        f"Asked: {units.relative_timestamp(item.created_at)}"
        + (f" · started: {units.relative_timestamp(item.started_at)}" if item.started_at else ""),
        f"Limit per file: {units.format_limit(view.limit_bytes)}",
    ]
    if item.author and not view.hides_title:
        lines.append(f"Author: {escape_title(item.author)}")
    return tuple(lines)


def details_text(view: CardData) -> str:
    """Return the whole answer of the Details button, well below Discord's 2,000 characters."""
    item = view.item
    head = [f"**Job `{item.short_id}`** · {item.status.value}", f"Link: `{escape_code(item.url, _URL_LENGTH)}`"]
    if view.title:
        head.append(f"Title: {escape_title(view.title)}")
    files = [f"• {_file_line(view, file)}{units.format_size(file.size_bytes)}" for file in view.files[:5]]
    return "\n".join([*head, *detail_lines(view), *files])


def _file_line(view: CardData, file: DownloadedFile) -> str:
    return "" if view.hides_title else f"{escape_title(file.filename, 60)} · "


_NAMED_FILES = 10
_NAMED_SKIPPED = 5
_NAME_LENGTH = 60


def completed_lines(view: CardData, _now: datetime) -> tuple[str, ...]:
    """Return file, size and time in the PRD's order, then what is missing."""
    item, lines = view.item, []
    if view.hides_title and view.files:
        lines.append(f"Files: {len(view.files)}")
    elif len(view.files) == 1:
        lines.append(f"File: {_name(view.files[0].filename)}")
    elif view.files:
        names = [_name(file.filename) for file in view.files[:_NAMED_FILES]]
        more = len(view.files) - len(names)
        lines.append(f"Files: {', '.join(names)}" + (f" and {more} more" if more else ""))
    if view.files:
        lines.append(f"Size: {units.format_size_compact(view.size_bytes)}")
    if item.started_at is not None and item.completed_at is not None:
        lines.append(f"Time: {units.format_duration((item.completed_at - item.started_at).total_seconds())}")
    return (*lines, *_missing(view))


def failed_lines(view: CardData, now: datetime) -> tuple[str, ...]:
    """Return why it failed and what to do."""
    return (failure_text(view.item, now), *_missing(view))


def cancelled_lines(_view: CardData, _now: datetime) -> tuple[str, ...]:
    """Return what a cancelled download leaves."""
    return (card_texts.CANCELLED_ADVICE,)


def _missing(view: CardData) -> tuple[str, ...]:
    if not view.skipped:
        return ()
    shown = [f"• {_named(view, each)}{escape_sentence(each.reason, 150)}" for each in view.skipped[:_NAMED_SKIPPED]]
    more = len(view.skipped) - len(shown)
    return (f"⚠ Skipped: {card_texts.files(len(view.skipped))}", *shown, *([f"• and {more} more"] if more else []))


def _named(view: CardData, skipped: SkippedFile) -> str:
    return "" if view.hides_title else f"{_name(skipped.name)}: "


def _name(name: str) -> str:
    return escape_title(name, _NAME_LENGTH)
