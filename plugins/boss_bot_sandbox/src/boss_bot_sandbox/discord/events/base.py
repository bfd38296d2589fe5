"""What all events have in common, and their place in the transcript.

Number and time belong to the entry, not to the event, so that equal things that happen twice stay equal.
"""

from __future__ import annotations

import attrs


@attrs.frozen
class Event:
    """Something that happened."""


@attrs.frozen
class LogEntry:
    """One line of the transcript.

    Attributes:
        number: Counts from 0 without gaps.
        at_s: Monotonic seconds, comparable with ``time.monotonic()`` of the server's process.
    """

    number: int
    at_s: float
    event: Event
