"""The table of status transitions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boss_bot_core.domain.status import FINISHED, RUNNING, TRANSITIONS, DownloadStatus, can_transition

STATUSES = st.sampled_from(DownloadStatus)


def test_every_status_has_a_row() -> None:
    assert set(TRANSITIONS) == set(DownloadStatus)


def test_completed_has_no_transition() -> None:
    assert not TRANSITIONS[DownloadStatus.COMPLETED]


@pytest.mark.parametrize("status", sorted(set(DownloadStatus) - FINISHED))
def test_every_unfinished_status_can_be_cancelled(status: DownloadStatus) -> None:
    assert can_transition(status, DownloadStatus.CANCELLED)


@pytest.mark.parametrize("status", sorted(RUNNING))
def test_every_running_status_can_return_to_the_queue(status: DownloadStatus) -> None:
    assert can_transition(status, DownloadStatus.QUEUED)


@given(st.lists(STATUSES, max_size=30))
def test_only_a_retry_leaves_a_finished_status(walk: list[DownloadStatus]) -> None:
    status = DownloadStatus.QUEUED
    for target in walk:
        if not can_transition(status, target):
            continue
        if status in FINISHED:
            assert target is DownloadStatus.QUEUED
        status = target
