"""Tests for each rule of the start policy."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import attrs
import pytest

from boss_bot_core.domain.items import LOCAL_ID, DownloadItem
from boss_bot_core.domain.status import DownloadPriority, DownloadStatus
from boss_bot_core.queue import QueueLimits
from boss_bot_core.queue.limits import to_item
from boss_bot_core.queue.policy import choose_next
from boss_bot_core.testing.store.base import build_new_download

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LIMITS = QueueLimits()


def build_waiting(number: int, *, user: int = 1, guild: int = 1, **changes: object) -> DownloadItem:
    item = to_item(build_new_download(user_id=user, guild_id=guild), NOW + timedelta(seconds=number - 1000))
    # Ids decrease with age, so that no test passes because of the order of ids.
    return attrs.evolve(item, id=UUID(int=1000 - number), **{"media_key": f"test:{number}", **changes})  # type: ignore[arg-type]  # the tests pass fields of DownloadItem


def build_running(number: int, *, user: int = 1, guild: int = 1) -> DownloadItem:
    return build_waiting(number, user=user, guild=guild, status=DownloadStatus.DOWNLOADING)


def test_the_oldest_starts_first() -> None:
    assert choose_next([build_waiting(2), build_waiting(1)], [], LIMITS, NOW) == build_waiting(1)


def test_items_of_the_same_time_start_in_a_fixed_order() -> None:
    twins = [attrs.evolve(build_waiting(1), id=UUID(int=number)) for number in (5, 4)]
    assert choose_next(twins, [], LIMITS, NOW) == choose_next(twins[::-1], [], LIMITS, NOW) == twins[1]


def test_a_higher_priority_starts_before_an_older_item() -> None:
    urgent = build_waiting(2, priority=DownloadPriority.HIGH)
    assert choose_next([build_waiting(1), urgent], [], LIMITS, NOW) == urgent


def test_the_guild_with_the_fewest_running_downloads_starts_first() -> None:
    other = build_waiting(2, user=2, guild=2)
    assert choose_next([build_waiting(1), other], [build_running(9, user=3)], LIMITS, NOW) == other


def test_direct_messages_of_each_user_rank_like_a_guild() -> None:
    direct_message = build_waiting(2, user=2, guild=LOCAL_ID)
    of_another_user = build_running(9, user=3, guild=LOCAL_ID)
    assert (
        choose_next([build_waiting(1), direct_message], [of_another_user, build_running(8)], LIMITS, NOW)
        == direct_message
    )


def test_within_a_guild_the_user_with_the_fewest_running_downloads_starts_first() -> None:
    other = build_waiting(2, user=2)
    assert choose_next([build_waiting(1), other], [build_running(9)], LIMITS, NOW) == other


def test_the_user_limit_applies_although_slots_are_free() -> None:
    assert choose_next([build_waiting(1)], [build_running(8), build_running(9)], LIMITS, NOW) is None


def test_a_user_at_the_limit_does_not_delay_others() -> None:
    other = build_waiting(2, user=2)
    assert choose_next([build_waiting(1), other], [build_running(8), build_running(9)], LIMITS, NOW) == other


def test_the_command_line_has_no_limit() -> None:
    busy = [build_running(number, user=LOCAL_ID, guild=LOCAL_ID) for number in range(4)]
    mine = build_waiting(9, user=LOCAL_ID, guild=LOCAL_ID)
    assert choose_next([mine], busy, QueueLimits(max_running_per_guild=1), NOW) == mine


def test_the_guild_limit_applies() -> None:
    limits = QueueLimits(max_running_per_guild=1)
    assert choose_next([build_waiting(1)], [build_running(9, user=2)], limits, NOW) is None


def test_no_download_starts_without_a_free_slot() -> None:
    busy = [build_running(number, user=number, guild=number) for number in range(5, 10)]
    assert choose_next([build_waiting(1)], busy, LIMITS, NOW) is None


@pytest.mark.parametrize(("seconds", "starts"), [(-1, True), (0, True), (1, False)])
def test_a_retry_starts_when_it_is_due(seconds: int, *, starts: bool) -> None:
    retry = build_waiting(1, not_before=NOW + timedelta(seconds=seconds))
    assert choose_next([retry], [], LIMITS, NOW) == (retry if starts else None)
