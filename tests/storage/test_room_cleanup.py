"""The emergency clean-up deletes what may go, in its order, and nothing that a download still needs."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boss_bot_core.domain.clock import utc_now
from boss_bot_core.storage import RetentionState, Storage
from boss_bot_core.storage.room_cleanup import CleanupCandidate, choose_removals
from boss_bot_core.storage.scan import ItemFolder

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
        st.sampled_from(list(S)),
        st.floats(0, 100),
        st.integers(0, 100),
        is_expired=st.booleans(),
    ),
    max_size=12,
)


@given(CANDIDATES, st.integers(0, 500))
def test_nothing_that_is_needed_goes_and_nothing_goes_in_vain(
    candidates: list[CleanupCandidate], needed_bytes: int
) -> None:
    chosen = choose_removals(candidates, needed_bytes)
    assert all(each.state is not S.ALIVE and (each.state is not S.UNKNOWN or each.is_expired) for each in chosen)
    freed_bytes = sum(each.size_bytes for each in chosen)
    assert not chosen or freed_bytes - chosen[-1].size_bytes < needed_bytes
    may_go = [each for each in candidates if each.state in {S.DELIVERED, S.ENDED, S.RETRYABLE}]
    assert freed_bytes >= min(needed_bytes, sum(each.size_bytes for each in may_go))


@pytest.mark.parametrize("temp_only", [False, True])
async def test_the_files_are_deleted_until_there_is_room(storage: Storage, *, temp_only: bool) -> None:
    states: dict[UUID, RetentionState] = {}
    for state in (S.ALIVE, S.DELIVERED, S.RETRYABLE):
        states[uuid4()] = state
    day = storage.layout.day_folder(7, utc_now())
    for item_id in states:
        for folder in (day / str(item_id), storage.layout.temp_folder(item_id)):
            folder.mkdir(parents=True)
            (folder / "a.mp4").write_bytes(bytes(1000))
    report = await storage.free_room(states, 10**6, temp_only=temp_only)
    alive, *others = states
    assert report.freed_bytes == (2000 if temp_only else 4000)
    assert (day / str(alive)).exists()
    assert storage.layout.temp_folder(alive).exists()
    assert [storage.layout.temp_folder(item_id).exists() for item_id in others] == [False, False]
    assert [(day / str(item_id)).exists() for item_id in others] == [temp_only, temp_only]
