"""Builds the content of a card from the data of its download. Pure."""

from datetime import datetime, timedelta

from boss_bot_core.bot.cards.model import CardColour, CardData, CardModel
from boss_bot_core.bot.cards.progress import progress_block
from boss_bot_core.bot.cards.sections import completed_lines, detail_lines, skipped_lines
from boss_bot_core.bot.controls.actions import actions_for
from boss_bot_core.bot.texts import cards as card_texts
from boss_bot_core.bot.texts import units
from boss_bot_core.bot.texts.escape import escape_title
from boss_bot_core.bot.texts.failures import failure_text
from boss_bot_core.domain.preferences import DEFAULT_PREFERENCES, NotificationPreference, UserPreferences
from boss_bot_core.domain.status import RUNNING, DownloadStatus

_S = DownloadStatus

_COLOURS = {
    _S.QUEUED: CardColour.WAITING,
    _S.PAUSED: CardColour.PAUSED,
    _S.COMPLETED: CardColour.DONE,
    _S.FAILED: CardColour.FAILED,
    _S.CANCELLED: CardColour.WAITING,
}


def build_card(
    data: CardData, now: datetime, preferences: UserPreferences = DEFAULT_PREFERENCES, prefix: str = "$"
) -> CardModel:
    """Return the card of a download.

    Args:
        data: Everything known of the download.
        now: The time, UTC.
        preferences: The requester's preferences.
        prefix: The prefix of the bot's commands.
    """
    item = data.item
    shows_bar = item.status in RUNNING or (item.status is _S.PAUSED and bool(item.current_size))
    shows_bar = shows_bar and not data.is_interrupted
    is_verbose = preferences.notification_level is NotificationPreference.VERBOSE
    adult_line = (str(card_texts.ADULT),) if item.adult else ()
    return CardModel(
        item_id=item.id,
        colour=CardColour.RETRYING if _is_retrying(data) else _COLOURS.get(item.status, CardColour.RUNNING),
        heading=_heading(data),
        title=escape_title(data.title or "") or None,
        block=progress_block(data, preferences.progress_bar_style, now) if shows_bar else (),
        lines=(*adult_line, *_status_lines(data, now, prefix), *(detail_lines(data) if is_verbose else ())),
        footer=card_texts.footer(item.short_id, item.user_id),
        buttons=actions_for(item),
        jump_url=data.jump_url,
    )


def _heading(data: CardData) -> str:
    if data.item.status is _S.COMPLETED:
        return str(card_texts.HEADINGS[_S.COMPLETED])
    count = len(data.files) or (data.update.file_count if data.update else None) or 0
    status = card_texts.INTERRUPTED if data.is_interrupted else card_texts.HEADINGS[data.item.status]
    parts = [str(status), escape_title(data.host)]
    return " · ".join(parts + ([card_texts.files(count)] if count > 1 else []))


def _is_retrying(data: CardData) -> bool:
    return data.item.status is _S.QUEUED and data.item.error_type is not None


def _status_lines(data: CardData, now: datetime, prefix: str) -> tuple[str, ...]:
    match data.item.status:
        case _S.QUEUED:
            return (failure_text(data.item, now, prefix),) if _is_retrying(data) else _queued_lines(data, now)
        case _S.PAUSED:
            return (str(card_texts.PAUSED_ADVICE),)
        case _S.COMPLETED:
            return completed_lines(data)
        case _S.FAILED:
            return (failure_text(data.item, now, prefix), *skipped_lines(data))
        case _S.CANCELLED:
            return (str(card_texts.CANCELLED_ADVICE),)
    return (str(card_texts.INTERRUPTED_ADVICE),) if data.is_interrupted else ()


def _queued_lines(data: CardData, now: datetime) -> tuple[str, ...]:
    lines = [str(card_texts.STARTING)]
    if data.position is not None:
        lines.append(card_texts.position(data.position.position, data.position.waiting_count))
        lines.append(card_texts.estimated_start(_start(data.starts_at, now)))
    return (*lines, *([str(data.notice)] if data.notice else []))


def _start(starts_at: datetime | None, now: datetime) -> str:
    if starts_at is None:
        return str(units.NOT_KNOWN)
    return str(card_texts.DUE) if starts_at - now < timedelta(seconds=1) else units.relative_timestamp(starts_at)
