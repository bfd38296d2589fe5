"""The one table of what may follow what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boss_bot_core.domain.status import FINISHED, RUNNING, TRANSITIONS, DownloadStatus, can_transition

STATUSES = st.sampled_from(DownloadStatus)


def test_every_status_has_its_row() -> None:
    assert set(TRANSITIONS) == set(DownloadStatus)


def test_completed_is_the_end() -> None:
    assert not TRANSITIONS[DownloadStatus.COMPLETED]


@pytest.mark.parametrize("status", sorted(set(DownloadStatus) - FINISHED))
def test_whatever_is_not_finished_can_be_cancelled(status: DownloadStatus) -> None:
    assert can_transition(status, DownloadStatus.CANCELLED)


@pytest.mark.parametrize("status", sorted(RUNNING))
def test_whatever_runs_can_go_back_to_the_queue_when_its_runner_dies(status: DownloadStatus) -> None:
    assert can_transition(status, DownloadStatus.QUEUED)


@given(st.lists(STATUSES, max_size=30))
def test_no_walk_leaves_a_finished_item_but_by_a_retry(walk: list[DownloadStatus]) -> None:
    status = DownloadStatus.QUEUED
    for spec in walk:
        if not can_transition(status, spec):
            continue
        if status in FINISHED:
            assert spec is DownloadStatus.QUEUED
        status = spec
