"""The history of this machine's clock: its jumps, and the true time since a point of time that the clock showed.

Retention compares times that were written long ago with the present. A clock that jumps forward would make every file
old at once, and one that jumps back would make new files come from the future. The machine's uptime knows better.
Of several jumps between two readings, only the sum is known: a file that was written between them may count as older.
"""

from datetime import datetime, timedelta

import attrs

from boss_bot_core.domain.clock import to_utc

TOLERANCE = timedelta(minutes=1)
"""Difference between clock and uptime, from one reading to the next, that is no jump: clocks are adjusted."""

LONGEST_OFF = timedelta(days=1)
"""A longer time between two readings, with a start of the machine in between, counts as a jump: nothing tells it."""

_MOST_JUMPS = 32
_ZERO = timedelta(0)


@attrs.frozen(kw_only=True)
class ClockReading:
    """The clock and the uptime at one moment.

    Attributes:
        wall: What the clock shows, UTC.
        uptime_s: Seconds since the machine's start, including those in which it slept.
        boot_id: The machine's start that `uptime_s` counts from; empty where the system has no name for it.
    """

    wall: datetime = attrs.field(converter=to_utc)
    uptime_s: float
    boot_id: str = ""


@attrs.frozen(kw_only=True)
class ClockJump:
    """A jump of the clock, or the end of a time that nothing is known of.

    Attributes:
        expected: What the clock would show without the jump, UTC.
        shown: What it showed, UTC.
        unseen_s: Seconds for which the clock may have shown this already: since the last reading before the jump.
    """

    expected: datetime = attrs.field(converter=to_utc)
    shown: datetime = attrs.field(converter=to_utc)
    unseen_s: float = 0.0

    @property
    def earliest(self) -> datetime:
        """The earliest time that the clock can have shown after the jump."""
        return self.shown - timedelta(seconds=self.unseen_s)


@attrs.frozen(kw_only=True)
class ClockHistory:
    """What is known of the clock.

    Attributes:
        last: The latest reading.
        jumps: The jumps in between, oldest first.
    """

    last: ClockReading
    jumps: tuple[ClockJump, ...] = ()

    def observe(self, reading: ClockReading) -> "ClockHistory":
        """Return the history with a further reading, and with the jump since the last one, if there was one."""
        jump = _find_jump(self.last, reading)
        jumps = self.jumps if jump is None else (*self.jumps, jump)[-_MOST_JUMPS:]
        return attrs.evolve(self, last=reading, jumps=jumps)

    def compute_age(self, since: datetime) -> timedelta:
        """Return the time from `since` to the last reading; as far as the readings tell, never more than that."""
        ages, total, end = [], _ZERO, self.last.wall
        for jump in reversed(self.jumps):
            if jump.earliest <= since <= end:
                ages.append(total + end - since)
            total, end = total + max(end - jump.shown, _ZERO), jump.expected
        if since <= end:
            ages.append(total + end - since)
        return min(ages) if ages else self._compute_age_of_unknown(since)

    def is_from_future(self, since: datetime) -> bool:
        """Return whether the clock cannot have shown `since`; the clock of a file server may be a little ahead."""
        ends = (self.last.wall, *(jump.expected for jump in self.jumps))
        return since > max(ends) + LONGEST_OFF

    def _compute_age_of_unknown(self, since: datetime) -> timedelta:
        """Return an age for a time that no reading explains."""
        is_before_last_jump = self.jumps and since < self.jumps[-1].earliest
        return max(self.last.wall - self.jumps[-1].shown, _ZERO) if is_before_last_jump else _ZERO


def _find_jump(before: ClockReading, after: ClockReading) -> ClockJump | None:
    passed = after.wall - before.wall
    if before.boot_id != after.boot_id or after.uptime_s < before.uptime_s:
        is_plausible = _ZERO <= passed <= LONGEST_OFF
        unseen_s = after.uptime_s + LONGEST_OFF.total_seconds()
        return None if is_plausible else ClockJump(expected=before.wall, shown=after.wall, unseen_s=unseen_s)
    real = timedelta(seconds=after.uptime_s - before.uptime_s)
    if abs(passed - real) <= TOLERANCE:
        return None
    return ClockJump(expected=before.wall + real, shown=after.wall, unseen_s=real.total_seconds())
