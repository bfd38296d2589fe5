"""Properties of the rules of alerts: each alert begins once, and again only after its recovery."""

from hypothesis import given
from hypothesis import strategies as st

from boss_bot_core.operations.alerts import RULES, Alert, AlertBoard, AlertKind, Observation

LEVELS = st.sampled_from([0.0, 0.2, 0.25, 0.3, 0.5, 0.6, 0.75, 0.78, 0.8, 0.81, 0.85, 0.9, 0.91, 1.0])
STEPS = st.lists(
    st.tuples(st.sampled_from(AlertKind), st.sampled_from(["", "a", "b"]), LEVELS, st.floats(0, 5000)), max_size=60
)


def observe(board: AlertBoard, level: float, now_s: float, kind: AlertKind = AlertKind.SPACE) -> bool | None:
    """Return whether an alert is over; None if nothing changes."""
    alert = board.observe(Observation(kind=kind, level=level, text=""), now_s)
    return None if alert is None else alert.is_over


@given(STEPS)
def test_an_alert_begins_above_its_limit_and_only_after_the_last_one_has_ended(
    steps: list[tuple[AlertKind, str, float, float]],
) -> None:
    board, now_s = AlertBoard(), 0.0
    changes: dict[tuple[AlertKind, str], list[Alert]] = {}
    last_bad_s: dict[tuple[AlertKind, str], float] = {}
    for kind, subject, level, pause_s in steps:
        now_s += pause_s
        key, rule = (kind, subject), RULES[kind]
        alert = board.observe(Observation(kind=kind, subject=subject, level=level, text=""), now_s)
        mine = changes.setdefault(key, [])
        was_quiet = rule.quiet_s is not None and now_s - last_bad_s.get(key, now_s) >= rule.quiet_s
        is_active = bool(mine) and not mine[-1].is_over and not was_quiet
        is_bad = level > rule.begins_above
        expected = (is_bad and not is_active) or (is_active and level <= rule.ends_at)
        assert (alert is not None) is expected
        if is_bad:
            last_bad_s[key] = now_s
        if alert is not None:
            assert alert.is_over is not is_bad
            mine.append(alert)


def test_a_disk_that_moves_around_the_limit_gives_one_alert() -> None:
    board = AlertBoard()
    levels = (0.80, 0.81, 0.79, 0.81, 0.76, 0.75, 0.79, 0.80, 0.81)
    told = [observe(board, level, minute * 60) for minute, level in enumerate(levels)]
    assert told == [None, False, None, None, None, True, None, None, False]


def test_a_suspicious_file_is_told_again_after_a_quiet_hour() -> None:
    board, kind = AlertBoard(), AlertKind.SUSPICIOUS_FILE
    told = [observe(board, 1.0, minute * 60, kind) for minute in (0, 30, 80, 139, 199)]
    assert told == [False, None, None, None, False]
