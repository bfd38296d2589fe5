"""Tests for overrides of the running limits for users and guilds."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import UUID

import attrs
from hypothesis import given
from hypothesis import strategies as st

from boss_bot_core.database import Database
from boss_bot_core.domain.items import LOCAL_ID, DownloadItem
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.domain.users import UserSettings
from boss_bot_core.queue import DownloadQueue, QueueLimits
from boss_bot_core.queue.forecast import forecast_starts
from boss_bot_core.queue.limits import to_item
from boss_bot_core.queue.policy import choose_next
from boss_bot_core.testing.store.base import build_new_download, claim_item

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
MINUTE = [timedelta(seconds=60)]


def build_waiting(number: int, *, user: int = 1, guild: int = 1) -> DownloadItem:
    item = to_item(build_new_download(user_id=user, guild_id=guild), NOW + timedelta(seconds=number - 1000))
    return attrs.evolve(item, id=UUID(int=number), media_key=f"test:{number}")


def build_running(number: int, *, user: int = 1, guild: int = 1) -> DownloadItem:
    return attrs.evolve(build_waiting(number, user=user, guild=guild), status=DownloadStatus.DOWNLOADING)


def test_a_higher_user_override_applies_to_that_user_only() -> None:
    limits = QueueLimits(max_running_by_user={1: 3})
    busy = [build_running(number, user=user) for number, user in enumerate((1, 1, 2, 2))]
    assert choose_next([build_waiting(8, user=2), build_waiting(9)], busy, limits, NOW) == build_waiting(9)


def test_a_lower_user_override_applies_although_slots_are_free() -> None:
    limits = QueueLimits(max_running_by_user={1: 1})
    assert choose_next([build_waiting(9)], [build_running(1)], limits, NOW) is None
    assert choose_next([build_waiting(9)], [], limits, NOW) == build_waiting(9)


def test_a_guild_override_replaces_the_guild_limit() -> None:
    limits = QueueLimits(max_running_per_guild=2, max_running_by_guild={1: 1, 2: 3})
    assert choose_next([build_waiting(9, user=9)], [build_running(1)], limits, NOW) is None
    busy = [build_running(number, user=number, guild=2) for number in (1, 2)]
    assert choose_next([build_waiting(9, guild=2)], busy, limits, NOW) == build_waiting(9, guild=2)
    busy = [build_running(number, user=number, guild=3) for number in (1, 2)]
    assert choose_next([build_waiting(9, guild=3)], busy, limits, NOW) is None


def test_a_guild_override_applies_without_a_guild_limit() -> None:
    assert (
        choose_next([build_waiting(9, user=9)], [build_running(1)], QueueLimits(max_running_by_guild={1: 1}), NOW)
        is None
    )


def test_overrides_do_not_apply_to_the_command_line() -> None:
    limits = QueueLimits(max_running_by_user={LOCAL_ID: 1}, max_running_by_guild={LOCAL_ID: 1})
    mine = build_waiting(9, user=LOCAL_ID, guild=LOCAL_ID)
    assert choose_next([mine], [build_running(1, user=LOCAL_ID, guild=LOCAL_ID)], limits, NOW) == mine


def test_an_override_below_one_allows_one_download() -> None:
    """The program never sets 0; a row that was changed by hand must not block the forecast, and with it every card."""
    limits = QueueLimits(max_running_by_user={1: 0}, max_running_by_guild={1: -1})
    starts = forecast_starts([build_waiting(2), build_waiting(1)], [], [], limits, NOW)
    assert [start.item for start in starts] == [build_waiting(1), build_waiting(2)]


def test_the_forecast_uses_the_overrides() -> None:
    limits = QueueLimits(max_running=2, max_running_by_user={1: 1})
    queue = [build_waiting(1), build_waiting(2), build_waiting(3, user=2), build_waiting(4, user=2)]
    starts = forecast_starts(queue, [], MINUTE, limits, NOW)
    assert [(start.item, start.wait_s) for start in starts] == [
        (build_waiting(1), 0),
        (build_waiting(3, user=2), 0),
        (build_waiting(2), 60),
        (build_waiting(4, user=2), 60),
    ]


def test_the_forecast_starts_no_download_of_a_user_at_the_limit() -> None:
    busy = [
        attrs.evolve(build_running(number), started_at=NOW - timedelta(seconds=seconds))
        for number, seconds in ((1, 50), (2, 20))
    ]
    starts = forecast_starts([build_waiting(3), build_waiting(4), build_waiting(5)], busy, MINUTE, QueueLimits(), NOW)
    assert [start.wait_s for start in starts] == [10, 40, 70]
    more = forecast_starts([build_waiting(3)], busy, MINUTE, QueueLimits(max_running_by_user={1: 3}), NOW)
    assert [start.wait_s for start in more] == [0]


def test_limits_with_overrides_can_be_compared_and_hashed() -> None:
    one, two = (QueueLimits(max_running_by_user={1: allowed}) for allowed in (1, 2))
    assert one != two
    assert len({one, two, QueueLimits(max_running_by_user={1: 1})}) == 2


@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3)), max_size=25),
    st.dictionaries(st.integers(1, 4), st.integers(1, 4)),
    st.dictionaries(st.integers(1, 3), st.integers(1, 4)),
    st.none() | st.integers(1, 3),
)
def test_filling_the_slots_keeps_all_overrides(
    asked: list[tuple[int, int]], users: dict[int, int], guilds: dict[int, int], everybody: int | None
) -> None:
    limits = QueueLimits(
        max_running=20, max_running_per_guild=everybody, max_running_by_user=users, max_running_by_guild=guilds
    )
    queue = [build_waiting(number, user=user, guild=guild) for number, (user, guild) in enumerate(asked)]
    started: list[DownloadItem] = []
    while (chosen := choose_next(queue, started, limits, NOW)) is not None:
        queue.remove(chosen)
        started.append(chosen)
    for user, count in Counter(item.user_id for item in started if item.user_id != LOCAL_ID).items():
        assert count <= users.get(user, 2)
    for guild, count in Counter(item.guild_id for item in started if item.guild_id != LOCAL_ID).items():
        assert count <= guilds.get(guild, everybody or 20)


async def test_a_completed_download_is_counted_once_for_its_requester(database_url: str) -> None:
    async with Database.open(database_url) as database:
        queue = DownloadQueue(database, QueueLimits, notify=lambda: None, clock=lambda: NOW)
        for user_id in (7, 7, LOCAL_ID):
            await queue.claims.complete(await start_upload(queue, user_id), [])
        await queue.claims.cancel_running(await start_upload(queue, 8))
        async with database.connect() as tx:
            assert await tx.users.get(7) == UserSettings(
                user_id=7, created_at=NOW, total_downloads=2, last_download=NOW
            )
            assert await tx.users.get(8) is await tx.users.get(LOCAL_ID) is None


async def start_upload(queue: DownloadQueue, user_id: int) -> DownloadItem:
    item = await claim_item(queue, build_new_download(user_id=user_id))
    for status in (DownloadStatus.PROCESSING, DownloadStatus.UPLOADING):
        item = await queue.claims.advance(item, status)
    return item
