"""The true age of files on a clock that jumps: never too old, and never without end."""

from datetime import UTC, datetime, timedelta

import attrs
from hypothesis import given
from hypothesis import strategies as st

from boss_bot_core.domain.clock_history import LONGEST_OFF, TOLERANCE, ClockHistory, ClockReading

START = datetime(2026, 11, 30, 12, tzinfo=UTC)
HOUR, YEAR = timedelta(hours=1), timedelta(days=365)


@attrs.define
class Machine:
    """A machine whose clock can be set, and its history."""

    real: timedelta = timedelta(0)
    wrong: timedelta = timedelta(0)
    boot: int = 1
    booted: timedelta = timedelta(0)
    history: ClockHistory = attrs.field(default=None)

    def __attrs_post_init__(self) -> None:
        self.history = ClockHistory(last=self.read())

    @property
    def wall(self) -> datetime:
        return START + self.real + self.wrong

    def read(self) -> ClockReading:
        uptime_s = (self.real - self.booted).total_seconds()
        return ClockReading(wall=self.wall, uptime_s=uptime_s, boot_id=str(self.boot))

    def restart(self) -> None:
        self.boot, self.booted = self.boot + 1, self.real

    def observe(self) -> ClockHistory:
        self.history = self.history.observe(self.read())
        return self.history


def test_a_jump_forward_makes_nothing_older() -> None:
    machine = Machine()
    made_at = machine.wall
    machine.real += HOUR
    machine.wrong = 10 * YEAR
    assert machine.observe().compute_age(made_at) == HOUR
    machine.real += HOUR
    assert machine.observe().compute_age(made_at) == 2 * HOUR
    assert machine.history.compute_age(machine.wall) == timedelta(0)


def test_after_a_jump_back_old_files_age_on() -> None:
    machine = Machine(wrong=10 * YEAR)
    made_at = machine.wall
    machine.real += HOUR
    machine.wrong = timedelta(0)
    assert machine.observe().compute_age(made_at) == HOUR
    machine.real += 23 * HOUR
    assert machine.observe().compute_age(made_at) == 24 * HOUR


def test_a_file_from_a_future_that_no_reading_explains_is_told_apart_from_a_file_server_that_is_ahead() -> None:
    history = Machine().history
    assert history.is_from_future(START + YEAR)
    assert not history.is_from_future(START + HOUR)
    assert history.compute_age(START + YEAR) == timedelta(0)


def test_a_long_time_off_does_not_count() -> None:
    machine = Machine()
    made_at = machine.wall
    machine.wrong = 5 * YEAR
    machine.restart()
    assert machine.observe().compute_age(made_at) == timedelta(0)
    machine.real += HOUR
    assert machine.observe().compute_age(made_at) == HOUR


def test_an_adjusted_clock_has_not_jumped() -> None:
    machine = Machine()
    machine.wrong = TOLERANCE / 2
    assert machine.observe().jumps == ()


@given(
    st.lists(
        st.tuples(
            st.timedeltas(timedelta(0), timedelta(hours=12)),
            st.one_of(st.none(), st.timedeltas(-3 * YEAR, 3 * YEAR)),
            st.booleans(),
        ),
        max_size=8,
    )
)
def test_no_file_counts_as_older_than_it_is(steps: list[tuple[timedelta, timedelta | None, bool]]) -> None:
    machine, made, unseen = Machine(), [], timedelta(0)
    for passed, wrong, is_restarted in steps:
        made.append((machine.real, machine.wall))
        machine.real += passed / 2
        if wrong is not None:
            machine.wrong = wrong
        made.append((machine.real, machine.wall))
        machine.real += passed / 2
        # What a clock does while its machine is off cannot be told from the time that passes.
        unseen += LONGEST_OFF if is_restarted else TOLERANCE
        if is_restarted:
            machine.restart()
        history = machine.observe()
        for real, wall in made:
            assert history.compute_age(wall) <= machine.real - real + unseen
