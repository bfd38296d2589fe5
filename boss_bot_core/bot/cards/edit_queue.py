"""The rate-limited queue of card edits: decides which card is edited next, and when.

The queue is pure and takes the time as an argument, so that tests check its guarantees without waiting. Discord limits
edits per channel, and limits edits of old messages further. The card that has waited longest is edited next, and a
state change gets a head start over progress: state changes come first, and no card starves.
"""

from uuid import UUID

import attrs

from boss_bot_core.bot.cards.edit_timing import NEVER, CardTiming, EditLimits, Urgency

_FOREVER = float("inf")


@attrs.define
class _ChannelState:
    edited_at: float = NEVER
    is_busy: bool = False


class EditQueue:
    """Orders the edits of all tracked cards. Edits of one channel never overlap.

    All times are seconds of one monotonic clock.
    """

    def __init__(self, limits: EditLimits) -> None:
        self._limits = limits
        self._cards: dict[UUID, CardTiming] = {}
        self._channels: dict[int, _ChannelState] = {}
        self._removed_edited_at: dict[UUID, float] = {}

    def add(self, card: UUID, channel: int, posted_at: float) -> None:
        """Add a card that was posted at `posted_at`, possibly long ago."""
        edited_at = self._removed_edited_at.pop(card, NEVER)
        self._cards[card] = CardTiming(channel_id=channel, posted_at=posted_at, edited_at=edited_at)

    def remove(self, card: UUID) -> None:
        """Remove a card. Its last edit is remembered in case the card is added again soon."""
        if card in self._cards:
            self._removed_edited_at[card] = self._cards.pop(card).edited_at

    def request(self, card: UUID, urgency: Urgency, now: float) -> None:
        """Request an edit of a card. A repeated request can only raise the urgency."""
        timing = self._cards.get(card)
        if timing is None:
            return
        if urgency is Urgency.STATE:
            timing.not_before = NEVER
        if timing.requested_at is None:
            timing.requested_at, timing.urgency = now, urgency
        elif urgency > timing.urgency:
            # The head start of a state change counts from now, unless the card has already waited longer than that.
            timing.requested_at, timing.urgency = min(now, timing.sort_key(self._limits)), urgency

    def pop_due(self, now: float) -> UUID | None:
        """Return a card to edit immediately, or None. Its channel is blocked until `finish` is called."""
        due = [
            (timing.sort_key(self._limits), card)
            for card, timing in self._cards.items()
            if timing.requested_at is not None and self._ready_at(timing) <= now
        ]
        if not due:
            return None
        _, card = min(due)
        timing = self._cards[card]
        timing.requested_at = None
        self._channels.setdefault(timing.channel_id, _ChannelState()).is_busy = True
        return card

    def finish(self, card: UUID, channel: int, now: float, *, sent: bool) -> None:
        """Record the end of an edit in `channel`; `sent` tells whether a request was sent to Discord."""
        state = self._channels[channel]
        state.is_busy = False
        timing = self._cards.get(card)
        if timing is not None:
            timing.refreshed_at = now
        if sent:
            state.edited_at = now
        if sent and timing is not None:
            timing.edited_at = now
        elif sent:
            self._removed_edited_at[card] = now
        self._channels = {name: each for name, each in self._channels.items() if self._is_limited(each, now)}
        self._removed_edited_at = {
            name: edited_at
            for name, edited_at in self._removed_edited_at.items()
            if now < edited_at + self._limits.card_interval_s
        }

    def back_off(self, card: UUID, until: float, now: float) -> None:
        """Request a failed edit again, not before `until`."""
        if card in self._cards:
            self.request(card, Urgency.STATE, now)
            self._cards[card].not_before = until

    def next_due_at(self) -> float | None:
        """Return when the next edit is due, or None if no edit is requested outside the busy channels."""
        times = (self._ready_at(timing) for timing in self._cards.values() if timing.requested_at is not None)
        earliest = min(times, default=_FOREVER)
        return None if earliest == _FOREVER else earliest

    def _is_limited(self, state: _ChannelState, now: float) -> bool:
        return state.is_busy or now < state.edited_at + self._limits.channel_interval_s

    def _ready_at(self, timing: CardTiming) -> float:
        state = self._channels.get(timing.channel_id, _ChannelState())
        if state.is_busy:
            return _FOREVER
        return timing.ready_at(self._limits, state.edited_at)
