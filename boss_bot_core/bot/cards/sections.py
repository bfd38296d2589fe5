"""Sections of a card's text: the details of a download, its files, and its skipped files."""

from boss_bot_core.bot.cards.model import CardData
from boss_bot_core.bot.language import gettext as _
from boss_bot_core.bot.texts import cards as card_texts
from boss_bot_core.bot.texts import units
from boss_bot_core.bot.texts.escape import escape_code, escape_sentence, escape_title
from boss_bot_core.bot.texts.locale_format import and_more
from boss_bot_core.bot.texts.sentences import translate
from boss_bot_core.bot.texts.settings import value_title
from boss_bot_core.bot.texts.units import format_bytes
from boss_bot_core.domain.media import DownloadedFile, SkippedFile

_URL_LENGTH = 200


def detail_lines(data: CardData) -> tuple[str, ...]:
    """Return the details that only verbose cards and the Details button show, one per line."""
    item = data.item
    priority, source = _("Priority: {priority} · attempt {number} of {count}"), _("Source: {plugin} · {key}")
    asked = _("Asked: {asked}") if item.started_at is None else _("Asked: {asked} · started: {started}")
    lines = [
        priority.format(
            priority=value_title(item.priority.name), number=max(1, item.attempt_count), count=item.max_attempts
        ),
        source.format(plugin=f"`{escape_code(item.plugin)}`", key=f"`{escape_code(item.media_key)}`"),
        asked.format(
            asked=units.relative_timestamp(item.created_at),
            started=item.started_at and units.relative_timestamp(item.started_at),
        ),
        _("Limit per file: {limit}").format(limit=units.format_limit(data.limit_bytes)),
    ]
    if item.author and not data.hides_title:
        lines.append(_("Author: {author}").format(author=escape_title(item.author)))
    return tuple(lines)


def details_text(data: CardData) -> str:
    """Return the text of the Details button, well below Discord's limit of 2,000 characters."""
    item = data.item
    heading = _("**Job {job}** · {status}")
    lines = [
        heading.format(job=f"`{item.short_id}`", status=card_texts.status_word(item.status)),
        _("Link: {link}").format(link=f"`{escape_code(item.url, _URL_LENGTH)}`"),
    ]
    if data.title:
        lines.append(_("Title: {title}").format(title=escape_title(data.title)))
    files = [f"• {_file_line(data, file)}{format_bytes(file.size_bytes)}" for file in data.files[:5]]
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
        lines.append(_("Files: {files}").format(files=len(data.files)))
    elif len(data.files) == 1:
        lines.append(_("File: {file}").format(file=_file_name(data.files[0].filename)))
    elif data.files:
        names = [_file_name(file.filename) for file in data.files[:_MAX_FILES]]
        more = len(data.files) - len(names)
        rest = f" {and_more(more)}" if more else ""
        lines.append(_("Files: {files}").format(files=", ".join(names) + rest))
    if data.files:
        lines.append(_("Size: {size}").format(size=units.format_size_compact(data.size_bytes)))
    if item.started_at is not None and item.completed_at is not None:
        duration = units.format_duration((item.completed_at - item.started_at).total_seconds())
        lines.append(_("Time: {duration}").format(duration=duration))
    if data.is_reused:
        lines.append(str(card_texts.FROM_STORAGE))
    return (*lines, *skipped_lines(data))


def skipped_lines(data: CardData) -> tuple[str, ...]:
    """Return the number of skipped files, and the first of them with the reason."""
    if not data.skipped:
        return ()
    shown = [f"• {_skipped_line(data, each)}" for each in data.skipped[:_MAX_SKIPPED]]
    more = len(data.skipped) - len(shown)
    heading = _("⚠ Skipped: {files}").format(files=card_texts.files(len(data.skipped)))
    return (heading, *shown, *([f"• {and_more(more)}"] if more else []))


def _skipped_line(data: CardData, skipped: SkippedFile) -> str:
    name = "" if data.hides_title else f"{_file_name(skipped.name)}: "
    return name + escape_sentence(translate(skipped.reason), 150)


def _file_name(name: str) -> str:
    return escape_title(name, _NAME_LENGTH)
