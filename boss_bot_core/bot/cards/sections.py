"""Sections of a card's text: the details of a download, its files, and its skipped files."""

from boss_bot_core.bot.cards.model import CardData
from boss_bot_core.bot.texts import cards as card_texts
from boss_bot_core.bot.texts import units
from boss_bot_core.bot.texts.escape import escape_code, escape_sentence, escape_title
from boss_bot_core.domain.media import DownloadedFile, SkippedFile
from boss_bot_core.domain.sizes import format_size

_URL_LENGTH = 200


def detail_lines(data: CardData) -> tuple[str, ...]:
    """Return the details that only verbose cards and the Details button show, one per line."""
    item = data.item
    lines = [
        f"Priority: {item.priority.name.title()} · attempt {max(1, item.attempt_count)} of {item.max_attempts}",
        f"Source: `{escape_code(item.plugin)}` · `{escape_code(item.media_key)}`",
        f"Asked: {units.relative_timestamp(item.created_at)}"
        + (f" · started: {units.relative_timestamp(item.started_at)}" if item.started_at else ""),
        f"Limit per file: {units.format_limit(data.limit_bytes)}",
    ]
    if item.author and not data.hides_title:
        lines.append(f"Author: {escape_title(item.author)}")
    return tuple(lines)


def details_text(data: CardData) -> str:
    """Return the text of the Details button, well below Discord's limit of 2,000 characters."""
    item = data.item
    lines = [f"**Job `{item.short_id}`** · {item.status.value}", f"Link: `{escape_code(item.url, _URL_LENGTH)}`"]
    if data.title:
        lines.append(f"Title: {escape_title(data.title)}")
    files = [f"• {_file_line(data, file)}{format_size(file.size_bytes)}" for file in data.files[:5]]
    return "\n".join([*lines, *detail_lines(data), *files])


def _file_line(data: CardData, file: DownloadedFile) -> str:
    return "" if data.hides_title else f"{escape_title(file.filename, 60)} · "


_MAX_FILES = 10
_MAX_SKIPPED = 5
_NAME_LENGTH = 60


def completed_lines(data: CardData) -> tuple[str, ...]:
    """Return file, size and time in the PRD's order, then where the files come from, and the skipped files."""
    item, lines = data.item, []
    if data.hides_title and data.files:
        lines.append(f"Files: {len(data.files)}")
    elif len(data.files) == 1:
        lines.append(f"File: {_file_name(data.files[0].filename)}")
    elif data.files:
        names = [_file_name(file.filename) for file in data.files[:_MAX_FILES]]
        more = len(data.files) - len(names)
        lines.append(f"Files: {', '.join(names)}" + (f" and {more} more" if more else ""))
    if data.files:
        lines.append(f"Size: {units.format_size_compact(data.size_bytes)}")
    if item.started_at is not None and item.completed_at is not None:
        lines.append(f"Time: {units.format_duration((item.completed_at - item.started_at).total_seconds())}")
    if data.is_reused:
        lines.append(card_texts.FROM_STORAGE)
    return (*lines, *skipped_lines(data))


def skipped_lines(data: CardData) -> tuple[str, ...]:
    """Return the number of skipped files, and the first of them with the reason."""
    if not data.skipped:
        return ()
    shown = [
        f"• {_skipped_name(data, each)}{escape_sentence(each.reason, 150)}" for each in data.skipped[:_MAX_SKIPPED]
    ]
    more = len(data.skipped) - len(shown)
    return (f"⚠ Skipped: {card_texts.files(len(data.skipped))}", *shown, *([f"• and {more} more"] if more else []))


def _skipped_name(data: CardData, skipped: SkippedFile) -> str:
    return "" if data.hides_title else f"{_file_name(skipped.name)}: "


def _file_name(name: str) -> str:
    return escape_title(name, _NAME_LENGTH)
