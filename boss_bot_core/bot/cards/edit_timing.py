"""How fast cards may be edited, and why one is: the values that the pacer works with.

One card's times, and what they mean for its next edit; what its channel allows is the pacer's business.
"""

from enum import IntEnum, auto

import attrs


class Urgency(IntEnum):
    """Why a card is to be edited; what is higher takes the place of what is lower."""

    REFRESH = auto()
    """Nothing has happened, which may be news by itself: a start that was promised has not come."""
    PROGRESS = auto()
    STATE = auto()


@attrs.frozen(kw_only=True)
class EditLimits:
    """Intervals, in seconds.

    Attributes:
        card_interval_s: Between two edits of one card: the PRD's update interval.
        channel_interval_s: Between two edits in one channel.
        old_card_interval_s: Between two edits for progress of an old card.
        refresh_interval_s: Between two looks at a card of which nothing is heard.
        old_after_s: Age from which a card is old: edits of messages older than an hour are limited strictly.
        head_start_s: How much longer progress must have waited than a state change to go before it.
    """

    card_interval_s: float = 5.0
    channel_interval_s: float = 1.5
    old_card_interval_s: float = 60.0
    refresh_interval_s: float = 120.0
    old_after_s: float = 50 * 60.0
    head_start_s: float = 15.0


NEVER = float("-inf")


@attrs.define(kw_only=True)
class CardTiming:
    """When what happened to a card, in seconds of the pacer's clock.

    Attributes:
        channel_id: Where it is.
        posted_at: Posted.
        edited_at: Last edited.
        refreshed_at: Last looked at, whether or not there was anything to edit.
        not_before: An edit failed; the next try waits until then.
        requested_at: It has had something to show since; None when it has not.
        urgency: Why.
    """

    channel_id: int
    posted_at: float
    edited_at: float = NEVER
    refreshed_at: float = NEVER
    not_before: float = NEVER
    requested_at: float | None = None
    urgency: Urgency = Urgency.PROGRESS

    def sort_key(self, limits: EditLimits) -> float:
        """Return its place in the line of all cards that want something: the lowest is next."""
        waiting_since = self.requested_at or 0.0
        return waiting_since + (0.0 if self.urgency is Urgency.STATE else limits.head_start_s)

    def ready_at(self, limits: EditLimits) -> float:
        """Return when it may be edited, as far as that depends on itself."""
        ready = self.edited_at + limits.card_interval_s
        # Looking costs queries, also when there turns out to be nothing new.
        at_hand = max(self.edited_at, self.refreshed_at)
        if self.urgency is Urgency.PROGRESS:
            is_old = ready >= self.posted_at + limits.old_after_s
            ready = at_hand + (limits.old_card_interval_s if is_old else limits.card_interval_s)
        elif self.urgency is Urgency.REFRESH:
            ready = at_hand + limits.refresh_interval_s
        return max(ready, self.not_before)
