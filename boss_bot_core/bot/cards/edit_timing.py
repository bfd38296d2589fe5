"""Timing of card edits: the urgency of an edit, the intervals between edits, and the recorded times of one card.

A card's own times decide when it may be edited; `EditQueue` adds the limits of its channel.
"""

from enum import IntEnum, auto

import attrs


class Urgency(IntEnum):
    """Why a card should be edited. A higher urgency replaces a lower one."""

    REFRESH = auto()
    """No event has arrived, but time has passed: the card's estimated start may be overdue by now."""
    PROGRESS = auto()
    STATE = auto()


@attrs.frozen(kw_only=True)
class EditLimits:
    """Intervals between edits, in seconds.

    Attributes:
        card_interval_s: Minimum between two edits of one card: the PRD's update interval.
        channel_interval_s: Minimum between two edits in one channel.
        old_card_interval_s: Minimum between two progress edits of an old card.
        refresh_interval_s: Time without an event after which a card is checked again.
        old_after_s: Age from which a card is old: Discord strictly limits edits of messages older than an hour.
        head_start_s: How much longer a progress edit must have waited to precede a state change.
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
    """The recorded times of one card, in seconds of the edit queue's clock.

    Attributes:
        channel_id: The card's channel.
        posted_at: When the card was posted.
        edited_at: When it was last edited.
        refreshed_at: When its download was last checked, whether or not an edit was needed.
        not_before: Earliest time of the next edit after a failed one.
        requested_at: Since when an edit has been requested; None when none is requested.
        urgency: Why the edit is requested.
    """

    channel_id: int
    posted_at: float
    edited_at: float = NEVER
    refreshed_at: float = NEVER
    not_before: float = NEVER
    requested_at: float | None = None
    urgency: Urgency = Urgency.PROGRESS

    def sort_key(self, limits: EditLimits) -> float:
        """Return the card's rank among all cards with a requested edit; the lowest is edited next."""
        waiting_since = self.requested_at or 0.0
        return waiting_since + (0.0 if self.urgency is Urgency.STATE else limits.head_start_s)

    def ready_at(self, limits: EditLimits) -> float:
        """Return when the card may be edited, regardless of its channel."""
        ready = self.edited_at + limits.card_interval_s
        # A check costs queries, even if it finds nothing new.
        checked_at = max(self.edited_at, self.refreshed_at)
        if self.urgency is Urgency.PROGRESS:
            is_old = ready >= self.posted_at + limits.old_after_s
            ready = checked_at + (limits.old_card_interval_s if is_old else limits.card_interval_s)
        elif self.urgency is Urgency.REFRESH:
            ready = checked_at + limits.refresh_interval_s
        return max(ready, self.not_before)
