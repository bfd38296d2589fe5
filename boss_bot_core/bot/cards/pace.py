"""How fast cards may be edited, and why one is: the values that the pacer works with."""

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
