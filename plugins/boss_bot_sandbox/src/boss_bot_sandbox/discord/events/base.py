"""The base class of events, and the entry of an event in the event log.

Number and time belong to the entry, so that two events with the same content are equal.
"""

from __future__ import annotations

import attrs


@attrs.frozen
class Event:
    """Base class of all events."""


@attrs.frozen
class LogEntry:
    """One entry of the event log.

    Attributes:
        number: The position in the log, from 0 without gaps.
        at_s: The time in monotonic seconds, comparable with ``time.monotonic()`` in the server's process.
    """

    number: int
    at_s: float
    event: Event
