"""How fast cards may be edited, and why one is: the values that the pacer works with.

One card's times, and what they mean for its next edit; what its channel allows is the pacer's business.
"""

from enum import IntEnum, auto

import attrs


class Urgency(IntEnum):
    """Why a card is to be edited; what is higher takes the place of what is lower."""

    LOOK = auto()
    """Nothing has happened, which may be news by itself: a start that was promised has not come."""
    PROGRESS = auto()
    STATE = auto()


@attrs.frozen(kw_only=True)
class Pace:
    """Intervals, in seconds.

    Attributes:
        card_s: Between two edits of one card: the PRD's update interval.
        channel_s: Between two edits in one channel.
        old_card_s: Between two edits for progress of an old card.
        look_s: Between two looks at a card of which nothing is heard.
        old_after_s: Age from which a card is old: edits of messages older than an hour are limited strictly.
        head_start_s: How much longer progress must have waited than a state change to go before it.
    """

    card_s: float = 5.0
    channel_s: float = 1.5
    old_card_s: float = 60.0
    look_s: float = 120.0
    old_after_s: float = 50 * 60.0
    head_start_s: float = 15.0


LONG_AGO = float("-inf")


@attrs.define(kw_only=True)
class CardTimes:
    """When what happened to a card, in seconds of the pacer's clock.

    Attributes:
        channel: Where it is.
        posted_at: Posted.
        edited_at: Last edited.
        looked_at: Last looked at, whether or not there was anything to edit.
        not_before: An edit failed; the next try waits until then.
        wanted_at: It has had something to show since; None when it has not.
        urgency: Why.
    """

    channel: int
    posted_at: float
    edited_at: float = LONG_AGO
    looked_at: float = LONG_AGO
    not_before: float = LONG_AGO
    wanted_at: float | None = None
    urgency: Urgency = Urgency.PROGRESS

    def turn(self, pace: Pace) -> float:
        """Return its place in the line of all cards that want something: the lowest is next."""
        waiting_since = self.wanted_at or 0.0
        return waiting_since + (0.0 if self.urgency is Urgency.STATE else pace.head_start_s)

    def ready_at(self, pace: Pace) -> float:
        """Return when it may be edited, as far as that depends on itself."""
        ready = self.edited_at + pace.card_s
        # Looking costs queries, also when there turns out to be nothing new.
        at_hand = max(self.edited_at, self.looked_at)
        if self.urgency is Urgency.PROGRESS:
            is_old = ready >= self.posted_at + pace.old_after_s
            ready = at_hand + (pace.old_card_s if is_old else pace.card_s)
        elif self.urgency is Urgency.LOOK:
            ready = at_hand + pace.look_s
        return max(ready, self.not_before)
