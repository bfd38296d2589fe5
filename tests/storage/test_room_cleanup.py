"""The emergency clean-up deletes what may go, in its order, and nothing that a download still needs."""

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from boss_bot_core.domain.clock import utc_now
from boss_bot_core.domain.clock_history import ClockHistory, ClockReading
from boss_bot_core.storage import Retention, RetentionState, StorageLayout
from boss_bot_core.storage.room_cleanup import CleanupCandidate, choose_removals, list_candidates
from boss_bot_core.storage.scan import ItemFolder, list_temp_folders

S = RetentionState


def build_candidate(
    state: RetentionState = S.DELIVERED, hours: float = 1, size_bytes: int = 10, *, is_expired: bool = False
) -> CleanupCandidate:
    folder = ItemFolder(item_id=uuid4(), path=Path("x"), kind="organised")
    age = timedelta(hours=hours)
    return CleanupCandidate(folder=folder, size_bytes=size_bytes, age=age, state=state, is_expired=is_expired)


def test_expired_files_go_first_then_delivered_ones_then_those_for_a_retry_the_oldest_first() -> None:
    retryable, ended = build_candidate(S.RETRYABLE, 5), build_candidate(S.ENDED, 0.1)
    new, old = build_candidate(hours=2), build_candidate(hours=20)
    expired = build_candidate(S.UNKNOWN, 2, is_expired=True)
    assert choose_removals([retryable, new, ended, old, expired], 50) == [expired, old, new, ended, retryable]


def test_of_one_hour_the_largest_goes_first_and_no_more_goes_than_is_needed() -> None:
    small, large = build_candidate(hours=3.9, size_bytes=1), build_candidate(hours=3.1, size_bytes=90)
    assert choose_removals([small, large], 50) == [large]


CANDIDATES = st.lists(
    st.builds(
        build_candidate,
        st.sampled_from([S.DELIVERED, S.ENDED, S.RETRYABLE]),
        st.floats(0, 100),
        st.integers(0, 100),
        is_expired=st.booleans(),
    ),
    max_size=12,
)


@given(CANDIDATES, st.integers(0, 500))
def test_as_much_goes_as_is_needed_and_nothing_in_vain(candidates: list[CleanupCandidate], needed_bytes: int) -> None:
    chosen = choose_removals(candidates, needed_bytes)
    freed_bytes = sum(each.size_bytes for each in chosen)
    assert not chosen or freed_bytes - chosen[-1].size_bytes < needed_bytes
    assert freed_bytes >= min(needed_bytes, sum(each.size_bytes for each in candidates))


def test_what_is_needed_or_unknown_is_no_candidate_until_it_is_expired(layout: StorageLayout) -> None:
    states: dict[UUID, RetentionState] = {uuid4(): state for state in (S.ALIVE, S.DELIVERED, S.RETRYABLE, S.UNKNOWN)}
    for item_id in states:
        layout.temp_folder(item_id).mkdir()
    folders = tuple(list_temp_folders(layout))
    retention = Retention(delivered=timedelta(days=1))

    def find_states(now: datetime) -> list[RetentionState]:
        clock = ClockHistory(last=ClockReading(wall=now, uptime_s=1e9))
        return sorted(
            (each.state for each in list_candidates(folders, retention, states, clock)), key=lambda state: state.name
        )

    assert find_states(utc_now()) == [S.DELIVERED, S.RETRYABLE]
    assert find_states(utc_now() + timedelta(hours=2)) == [S.DELIVERED, S.RETRYABLE, S.UNKNOWN]
