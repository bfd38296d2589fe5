"""The queue position on a card, and the notice of its change. Pure."""

from datetime import datetime, timedelta

from attrs import evolve

from boss_bot_core.bot.cards.model import CardData
from boss_bot_core.bot.language import LazyText
from boss_bot_core.bot.texts import cards as card_texts
from boss_bot_core.domain.progress import QueuePosition

SAME_START = timedelta(seconds=30)
"""An estimated start that moves by less than this is not changed on the card: that edit would tell nothing new."""

SIGNIFICANT_DELAY = timedelta(minutes=2)


def with_queue_position(
    data: CardData, position: QueuePosition | None, now: datetime, first_estimate: datetime | None
) -> CardData:
    """Return `data` with its queue position, its estimated start, and a notice of what has changed.

    Args:
        data: The download as last shown.
        position: Its current queue position; None when it does not wait.
        now: The time.
        first_estimate: When it was first estimated to start.
    """
    if position is None:
        return evolve(data, position=None, starts_at=None, notice=None)
    wait_s = position.estimated_wait_s
    starts_at = None if wait_s is None else now + timedelta(seconds=wait_s)
    if starts_at and data.starts_at and abs(starts_at - data.starts_at) < SAME_START:
        starts_at = data.starts_at
    notice = _notice(data, position, starts_at, first_estimate)
    return evolve(data, position=position, starts_at=starts_at, notice=notice)


def _notice(
    data: CardData, position: QueuePosition, starts_at: datetime | None, first_estimate: datetime | None
) -> LazyText | None:
    if position.needs_room:
        return card_texts.NEEDS_ROOM
    if starts_at and first_estimate and starts_at - first_estimate >= SIGNIFICANT_DELAY:
        return card_texts.DELAYED
    if data.position is None:
        return None
    before, now = data.position.position, position.position
    if now == 1 and (before > 1 or data.notice == card_texts.ABOUT_TO_START):
        return card_texts.ABOUT_TO_START
    if now < before:
        return card_texts.MOVED_UP
    return data.notice if now == before and data.notice == card_texts.MOVED_UP else None
