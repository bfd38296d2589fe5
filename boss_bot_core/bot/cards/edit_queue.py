"""When which card may be edited: pure, so that its promises can be tested without waiting.

Discord limits edits per channel, and edits of old messages further. The next card is the one that has waited longest,
a state change with a head start over progress: so changes go first, and nothing starves.
"""

from uuid import UUID

import attrs

from boss_bot_core.bot.cards.edit_timing import NEVER, CardTiming, EditLimits, Urgency

_NEVER = float("inf")


@attrs.define
class _ChannelState:
    edited_at: float = NEVER
    busy: bool = False


class EditQueue:
    """Decides; all times are seconds of one monotonic clock. Edits of one channel never overlap."""

    def __init__(self, limits: EditLimits) -> None:
        self._limits = limits
        self._cards: dict[UUID, CardTiming] = {}
        self._lanes: dict[int, _ChannelState] = {}
        self._left: dict[UUID, float] = {}

    def add(self, card: UUID, channel: int, posted_at: float) -> None:
        """Take a card into account that was posted at `posted_at`, perhaps long ago."""
        edited_at = self._left.pop(card, NEVER)
        self._cards[card] = CardTiming(channel_id=channel, posted_at=posted_at, edited_at=edited_at)

    def remove(self, card: UUID) -> None:
        """Leave a card alone from now on; it may come back."""
        if card in self._cards:
            self._left[card] = self._cards.pop(card).edited_at

    def request(self, card: UUID, urgency: Urgency, now: float) -> None:
        """A card has something to show; wanting it again changes nothing but the urgency."""
        found = self._cards.get(card)
        if found is None:
            return
        if found.requested_at is None:
            found.requested_at, found.urgency = now, urgency
        elif urgency > found.urgency:
            # As a state change it has its head start from now, unless it has waited for longer than that.
            found.requested_at, found.urgency = min(now, found.sort_key(self._limits)), urgency

    def pop_due(self, now: float) -> UUID | None:
        """Return a card to edit at once, or None; its channel stands still until `done`."""
        ready = [
            (card.sort_key(self._limits), name)
            for name, card in self._cards.items()
            if card.requested_at is not None and self._ready_at(card) <= now
        ]
        if not ready:
            return None
        _, name = min(ready)
        card = self._cards[name]
        card.requested_at = None
        self._lanes.setdefault(card.channel_id, _ChannelState()).busy = True
        return name

    def finish(self, card: UUID, channel: int, now: float, *, sent: bool) -> None:
        """An edit in `channel` has ended; `sent` tells whether Discord was asked at all."""
        lane = self._lanes[channel]
        lane.busy = False
        known = self._cards.get(card)
        if known is not None:
            known.refreshed_at = now
        if sent:
            lane.edited_at = now
        if sent and known is not None:
            known.edited_at = now
        elif sent:
            self._left[card] = now
        self._lanes = {name: each for name, each in self._lanes.items() if self._holds(each, now)}
        self._left = {
            name: edited for name, edited in self._left.items() if now < edited + self._limits.card_interval_s
        }

    def back_off(self, card: UUID, until: float, now: float) -> None:
        """An edit did not work: try again, but not before `until`."""
        if card in self._cards:
            self._cards[card].not_before = until
            self.request(card, Urgency.STATE, now)

    def next_due_at(self) -> float | None:
        """Return when something may be edited, or None while nothing is wanted or everything is under way."""
        times = (self._ready_at(card) for card in self._cards.values() if card.requested_at is not None)
        soonest = min(times, default=_NEVER)
        return None if soonest == _NEVER else soonest

    def _holds(self, lane: _ChannelState, now: float) -> bool:
        return lane.busy or now < lane.edited_at + self._limits.channel_interval_s

    def _ready_at(self, card: CardTiming) -> float:
        lane = self._lanes.get(card.channel_id, _ChannelState())
        if lane.busy:
            return _NEVER
        return max(card.ready_at(self._limits), lane.edited_at + self._limits.channel_interval_s)
