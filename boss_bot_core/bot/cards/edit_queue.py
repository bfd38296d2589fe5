"""When which card may be edited: pure, so that its promises can be tested without waiting.

Discord limits edits per channel, and edits of old messages further. The next card is the one that has waited longest,
a state change with a head start over progress: so changes go first, and nothing starves.
"""

from uuid import UUID

import attrs

from boss_bot_core.bot.cards.edit_timing import LONG_AGO, CardTimes, Pace, Urgency

_NEVER = float("inf")


@attrs.define
class _Lane:
    edited_at: float = LONG_AGO
    busy: bool = False


class Pacer:
    """Decides; all times are seconds of one monotonic clock. Edits of one channel never overlap."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._cards: dict[UUID, CardTimes] = {}
        self._lanes: dict[int, _Lane] = {}
        self._left: dict[UUID, float] = {}

    def open(self, card: UUID, channel: int, posted_at: float) -> None:
        """Take a card into account that was posted at `posted_at`, perhaps long ago."""
        edited_at = self._left.pop(card, LONG_AGO)
        self._cards[card] = CardTimes(channel=channel, posted_at=posted_at, edited_at=edited_at)

    def forget(self, card: UUID) -> None:
        """Leave a card alone from now on; it may come back."""
        if card in self._cards:
            self._left[card] = self._cards.pop(card).edited_at

    def want(self, card: UUID, urgency: Urgency, now: float) -> None:
        """A card has something to show; wanting it again changes nothing but the urgency."""
        found = self._cards.get(card)
        if found is None:
            return
        if found.wanted_at is None:
            found.wanted_at, found.urgency = now, urgency
        elif urgency > found.urgency:
            # As a state change it has its head start from now, unless it has waited for longer than that.
            found.wanted_at, found.urgency = min(now, found.turn(self._pace)), urgency

    def take(self, now: float) -> UUID | None:
        """Return a card to edit at once, or None; its channel stands still until `done`."""
        ready = [
            (card.turn(self._pace), name)
            for name, card in self._cards.items()
            if card.wanted_at is not None and self._ready_at(card) <= now
        ]
        if not ready:
            return None
        _, name = min(ready)
        card = self._cards[name]
        card.wanted_at = None
        self._lanes.setdefault(card.channel, _Lane()).busy = True
        return name

    def done(self, card: UUID, channel: int, now: float, *, sent: bool) -> None:
        """An edit in `channel` has ended; `sent` tells whether Discord was asked at all."""
        lane = self._lanes[channel]
        lane.busy = False
        known = self._cards.get(card)
        if known is not None:
            known.looked_at = now
        if sent:
            lane.edited_at = now
        if sent and known is not None:
            known.edited_at = now
        elif sent:
            self._left[card] = now
        self._lanes = {name: each for name, each in self._lanes.items() if self._holds(each, now)}
        self._left = {name: edited for name, edited in self._left.items() if now < edited + self._pace.card_s}

    def put_off(self, card: UUID, until: float, now: float) -> None:
        """An edit did not work: try again, but not before `until`."""
        if card in self._cards:
            self._cards[card].not_before = until
            self.want(card, Urgency.STATE, now)

    def next_at(self) -> float | None:
        """Return when something may be edited, or None while nothing is wanted or everything is under way."""
        times = (self._ready_at(card) for card in self._cards.values() if card.wanted_at is not None)
        soonest = min(times, default=_NEVER)
        return None if soonest == _NEVER else soonest

    def _holds(self, lane: _Lane, now: float) -> bool:
        return lane.busy or now < lane.edited_at + self._pace.channel_s

    def _ready_at(self, card: CardTimes) -> float:
        lane = self._lanes.get(card.channel, _Lane())
        if lane.busy:
            return _NEVER
        return max(card.ready_at(self._pace), lane.edited_at + self._pace.channel_s)
