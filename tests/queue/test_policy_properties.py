"""Property tests for the start policy: limits, order, fairness, and no starvation."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import UUID

import attrs
from hypothesis import given
from hypothesis import strategies as st

from boss_bot_core.domain.items import LOCAL_ID, DownloadItem
from boss_bot_core.domain.status import DownloadPriority
from boss_bot_core.queue import QueueLimits
from boss_bot_core.queue.forecast import forecast_starts
from boss_bot_core.queue.limits import to_item
from boss_bot_core.queue.policy import choose_next
from boss_bot_core.testing.store.base import build_new_download

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@st.composite
def items(draw: st.DrawFn) -> DownloadItem:
    new = build_new_download(user_id=draw(st.integers(0, 4)), guild_id=draw(st.integers(0, 3)))
    return attrs.evolve(
        to_item(new, NOW - timedelta(seconds=draw(st.integers(0, 20)))),
        id=draw(st.uuids(version=4)),
        priority=draw(st.sampled_from(DownloadPriority)),
        not_before=draw(st.none() | st.integers(-5, 5).map(lambda seconds: NOW + timedelta(seconds=seconds))),
    )


queues = st.lists(items(), max_size=25, unique_by=lambda item: item.id)
limits = st.builds(
    QueueLimits,
    max_running=st.integers(1, 6),
    max_running_per_user=st.integers(1, 3),
    max_running_per_guild=st.none() | st.integers(1, 4),
)


def fill_slots(waiting: list[DownloadItem], running: list[DownloadItem], limits: QueueLimits) -> list[DownloadItem]:
    started = []
    while (chosen := choose_next(waiting, running, limits, NOW)) is not None:
        waiting.remove(chosen)
        running.append(chosen)
        started.append(chosen)
    return started


@given(queues, limits)
def test_filling_the_slots_keeps_all_limits(waiting: list[DownloadItem], limits: QueueLimits) -> None:
    running: list[DownloadItem] = []
    fill_slots(waiting, running, limits)
    users = Counter(item.user_id for item in running if item.user_id != LOCAL_ID)
    guilds = Counter(item.guild_id for item in running if item.guild_id != LOCAL_ID)
    assert len(running) <= limits.max_running
    assert max(users.values(), default=0) <= limits.max_running_per_user
    assert limits.max_running_per_guild is None or max(guilds.values(), default=0) <= limits.max_running_per_guild
    assert all(item.not_before is None or item.not_before <= NOW for item in running)


@given(queues, limits)
def test_a_slot_stays_free_only_if_no_item_may_start(waiting: list[DownloadItem], limits: QueueLimits) -> None:
    running: list[DownloadItem] = []
    fill_slots(waiting, running, limits)
    for item in waiting:
        alone = choose_next([item], running, limits, NOW)
        assert alone is None


@given(queues, queues, limits)
def test_no_startable_item_of_a_higher_priority_is_skipped(
    waiting: list[DownloadItem], running: list[DownloadItem], limits: QueueLimits
) -> None:
    chosen = choose_next(waiting, running, limits, NOW)
    if chosen is not None:
        higher = [item for item in waiting if item.priority > chosen.priority]
        assert choose_next(higher, running, limits, NOW) is None


@given(queues, queues, limits)
def test_the_forecast_contains_each_item_once_and_starts_with_the_next(
    waiting: list[DownloadItem], running: list[DownloadItem], limits: QueueLimits
) -> None:
    order = [start.item for start in forecast_starts(waiting, running, [], limits, NOW)]
    assert sorted(item.id for item in order) == sorted(item.id for item in waiting)
    chosen = choose_next(waiting, running, limits, NOW)
    assert chosen is None or order[0] == chosen


@given(
    st.lists(st.tuples(st.integers(1, 4), st.integers(1, 3)), max_size=6),
    st.lists(st.tuples(st.integers(1, 4), st.integers(1, 3)), min_size=1, max_size=5),
    st.integers(1, 3),
    limits,
)
def test_later_items_of_the_same_priority_never_starve_an_item(
    older: list[tuple[int, int]], pattern: list[tuple[int, int]], guild: int, limits: QueueLimits
) -> None:
    """An adversary adds new items without end; downloads end in the order of their starts."""
    numbers = iter(range(10_000))

    def build_item(user: int, guild: int) -> DownloadItem:
        number = next(numbers)
        item = to_item(build_new_download(user_id=user, guild_id=guild), NOW + timedelta(microseconds=number))
        return attrs.evolve(item, id=UUID(int=10_000 - number))

    waiting, running = [build_item(*each) for each in older], list[DownloadItem]()
    patient = build_item(99, guild)
    waiting.append(patient)
    for _ in range((len(older) + 2) * (limits.max_running + 1) * 2):
        waiting += [build_item(*each) for each in pattern]
        if patient in fill_slots(waiting, running, limits):
            return
        del running[0]
    raise AssertionError("still waiting")


@given(queues, limits, st.data())
def test_the_same_media_are_never_fetched_concurrently(
    waiting: list[DownloadItem], limits: QueueLimits, data: st.DataObject
) -> None:
    asked = [attrs.evolve(item, media_key=f"m:{data.draw(st.integers(0, 3))}") for item in waiting]
    running: list[DownloadItem] = []
    fill_slots(list(asked), running, limits)
    keys = [item.media_key for item in running]
    assert len(keys) == len(set(keys))
    assert sorted(start.item.id for start in forecast_starts(asked, [], [], limits, NOW)) == sorted(
        each.id for each in asked
    )
