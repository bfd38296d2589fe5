"""One card's times, and what they mean for its next edit; what its channel allows is the pacer's business."""

import attrs

from boss_bot_core.bot.cards.pace import Pace, Urgency

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
