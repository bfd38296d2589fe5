"""Timing of card edits: the urgency of an edit, the intervals between edits, and the recorded times of one card.

A card's own times and its channel's last edit decide when it may be edited; `EditQueue` orders the cards.
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
        state_interval_s: Minimum between a state change's edit and the edit before it, of the card and in its channel:
            users see a change within a second, and the five edits that Discord accepts at once need no more.
        card_interval_s: Minimum between a progress edit and the edit before it: the PRD's update interval.
        channel_interval_s: Minimum between a progress edit and the edit before it in the channel.
        old_card_interval_s: Minimum between two progress edits of an old card.
        refresh_interval_s: Time without an event after which a card is checked again.
        old_after_s: Age from which a card is old: Discord strictly limits edits of messages older than an hour.
        head_start_s: How much longer a progress edit must have waited to precede a state change.
    """

    state_interval_s: float = 0.25
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
        not_before: Earliest time of the next edit after a failed one, unless the state changes.
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

    def ready_at(self, limits: EditLimits, channel_edited_at: float) -> float:
        """Return when the card may be edited; `channel_edited_at` is the time of the last edit in its channel."""
        if self.urgency is Urgency.STATE:
            return max(max(self.edited_at, channel_edited_at) + limits.state_interval_s, self.not_before)
        # A check costs queries, even if it finds nothing new.
        checked_at = max(self.edited_at, self.refreshed_at)
        if self.urgency is Urgency.PROGRESS:
            is_old = self.edited_at + limits.card_interval_s >= self.posted_at + limits.old_after_s
            ready = checked_at + (limits.old_card_interval_s if is_old else limits.card_interval_s)
        else:
            ready = checked_at + limits.refresh_interval_s
        return max(ready, channel_edited_at + limits.channel_interval_s, self.not_before)
