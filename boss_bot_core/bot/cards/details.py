"""The details of a download: what the Details button shows, and what verbose cards add."""

from boss_bot_core.bot.cards.job_view import JobView
from boss_bot_core.bot.texts import units
from boss_bot_core.bot.texts.escape import escape_code, escape_title
from boss_bot_core.domain.files import DownloadedFile

_URL_LENGTH = 200


def detail_lines(view: JobView) -> tuple[str, ...]:
    """Return the facts that most people need not see, one per line."""
    item = view.item
    lines = [
        f"Priority: {item.priority.name.title()} · attempt {max(1, item.attempt_count)} of {item.max_attempts}",
        f"Source: `{escape_code(item.plugin)}` · `{escape_code(item.media_key)}`",
        f"Asked: {units.relative(item.created_at)}"
        + (f" · started: {units.relative(item.started_at)}" if item.started_at else ""),
        f"Limit per file: {units.limit(view.limit_bytes)}",
    ]
    if item.author and not view.is_veiled:
        lines.append(f"Author: {escape_title(item.author)}")
    return tuple(lines)


def details_of(view: JobView) -> str:
    """Return the whole answer of the Details button, well below Discord's 2,000 characters."""
    item = view.item
    head = [f"**Job `{item.short_id}`** · {item.status.value}", f"Link: `{escape_code(item.url, _URL_LENGTH)}`"]
    if view.title:
        head.append(f"Title: {escape_title(view.title)}")
    files = [f"• {_file_line(view, file)}{units.size(file.size_bytes)}" for file in view.files[:5]]
    return "\n".join([*head, *detail_lines(view), *files])


def _file_line(view: JobView, file: DownloadedFile) -> str:
    return "" if view.is_veiled else f"{escape_title(file.filename, 60)} · "
