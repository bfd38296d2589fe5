"""The progress block of a card, as in the PRD: file name, bar, speed, remaining time, status."""

from datetime import datetime

from boss_bot_core.bot.cards.model import CardData
from boss_bot_core.bot.language import gettext as _
from boss_bot_core.bot.texts import cards as card_texts
from boss_bot_core.bot.texts import units
from boss_bot_core.bot.texts.escape import escape_code
from boss_bot_core.bot.texts.units import format_bytes
from boss_bot_core.domain.conversion import ConversionUpdate
from boss_bot_core.domain.preferences import BarStyle
from boss_bot_core.domain.progress import ProgressUpdate
from boss_bot_core.domain.status import DownloadStatus

_DOWNLOADED = frozenset({DownloadStatus.PROCESSING, DownloadStatus.UPLOADING})


def progress_block(data: CardData, style: BarStyle, now: datetime) -> tuple[str, ...]:
    """Return the lines in the PRD's order; an unknown value is omitted or marked as unknown, never made up.

    Before its first progress, a download has no file name, but it may have a title.
    """
    if data.is_converting and data.conversion is not None:
        return _conversion_block(data, data.conversion, style)
    done = data.item.status in _DOWNLOADED
    name = _file_name(data)
    source = _("From storage: {name}") if data.is_reused else _("Downloading: {name}")
    lines = [source.format(name=name)] if name else []
    lines.append(_("Progress: {progress}").format(progress=_progress(data, style, now, done=done)))
    if data.item.status is not DownloadStatus.PAUSED:
        lines += _speed_and_eta(data.update, done=done)
    return (*lines, _("Status: {status}").format(status=_status(data)))


def _conversion_block(data: CardData, update: ConversionUpdate, style: BarStyle) -> tuple[str, ...]:
    name = data.host if data.hides_title else update.filename
    left = str(card_texts.ETA_UNKNOWN) if update.eta_seconds is None else units.format_duration(update.eta_seconds)
    number = f" {card_texts.file_number(update.file_index, update.file_count)}" if update.file_count > 1 else ""
    bar = f"{units.progress_bar(update.fraction, style)} {units.format_percent(update.fraction)}"
    status = f"{_status(data)}{number}"
    return (
        _("Processing: {name}").format(name=escape_code(name)),
        _("Progress: {progress}").format(progress=bar),
        _("ETA: {left}").format(left=left),
        _("Status: {status}").format(status=status),
    )


def _speed_and_eta(update: ProgressUpdate | None, *, done: bool) -> list[str]:
    eta = _("ETA: {left}").format(left=_eta(update, done=done))
    if update is None or update.speed_bps <= 0:
        return [eta]
    return [_("Speed: {speed}").format(speed=units.format_speed(update.speed_bps)), eta]


def _file_name(data: CardData) -> str:
    if data.hides_title:
        return escape_code(data.host)
    filename = data.update.filename if data.update else None
    return escape_code(filename or data.title or "")


def _progress(data: CardData, style: BarStyle, now: datetime, *, done: bool) -> str:
    item, update = data.item, data.update
    received = update.bytes_downloaded if update else item.current_size or 0
    total = update.total_bytes if update else item.total_size
    if done:
        bar = f"{units.progress_bar(1.0, style)} {units.format_percent(1)}"
        return f"{bar} · {format_bytes(received)}" if received else bar
    if total:
        share = units.format_share(received, total)
        return f"{units.progress_bar(received / total, style)} {units.format_percent(received / total)} · {share}"
    if not received:
        return str(card_texts.CONNECTING)
    elapsed = (now - item.started_at).total_seconds() if item.started_at else 0.0
    return _("{size} in {duration}").format(size=format_bytes(received), duration=units.format_duration(elapsed))


def _eta(update: ProgressUpdate | None, *, done: bool) -> str:
    if done:
        return str(card_texts.ETA_COMPLETE)
    if update is None or update.eta_seconds is None:
        return str(card_texts.ETA_UNKNOWN)
    return units.format_duration(update.eta_seconds)


def _status(data: CardData) -> str:
    item, update = data.item, data.update
    if item.cancel_requested:
        return str(card_texts.CANCELLING)
    if item.pause_requested:
        return str(card_texts.PAUSING)
    if data.is_converting:
        return str(card_texts.CONVERTING)
    line = str(card_texts.STATUS_LINES[item.status])
    if item.status is DownloadStatus.DOWNLOADING and update is not None and (update.file_count or 0) > 1:
        return f"{line} {card_texts.file_number(update.file_index, update.file_count)}"
    return line
