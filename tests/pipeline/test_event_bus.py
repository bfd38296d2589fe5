"""Tests for the event bus: every subscriber gets its events, and a slow subscriber delays no other."""

import asyncio

from boss_bot_core.domain.clock import utc_now
from boss_bot_core.domain.events import JobEvent, JobProgressed, JobQueued
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.progress import ProgressUpdate
from boss_bot_core.pipeline.event_bus import EventBus, Subscription
from boss_bot_core.queue.limits import to_item
from boss_bot_core.testing.store.base import build_new_download


def build_item() -> DownloadItem:
    return to_item(build_new_download(), utc_now())


def build_progress(item: DownloadItem, count: int) -> JobProgressed:
    return JobProgressed(item=item, update=ProgressUpdate(item_id=item.id, bytes_downloaded=count))


async def collect_events(subscription: Subscription) -> list[JobEvent]:
    return [event async for event in subscription]


async def test_a_slow_subscriber_gets_the_latest_progress_of_each_job_and_every_other_event() -> None:
    bus, one, other = EventBus(), build_item(), build_item()
    with bus.subscribe() as subscription:
        bus.publish(JobQueued(item=one))
        for count in range(1000):
            bus.publish(build_progress(one, count))
        bus.publish(build_progress(other, 7))
        bus.publish(JobQueued(item=other))
        bus.close()
        events = await collect_events(subscription)
    assert events == [JobQueued(item=one), build_progress(one, 999), build_progress(other, 7), JobQueued(item=other)]


async def test_a_subscription_to_one_job_gets_only_its_events() -> None:
    bus, one = EventBus(), build_item()
    with bus.subscribe(one.id) as subscription:
        bus.publish(JobQueued(item=build_item()))
        bus.publish(JobQueued(item=one))
        bus.close()
        assert await collect_events(subscription) == [JobQueued(item=one)]


async def test_a_closed_subscription_gets_no_events() -> None:
    bus = EventBus()
    with bus.subscribe() as subscription:
        pass
    bus.publish(JobQueued(item=build_item()))
    assert await collect_events(subscription) == []


async def test_a_waiting_subscriber_is_woken() -> None:
    bus, one = EventBus(), build_item()
    with bus.subscribe() as subscription:
        collecting = asyncio.create_task(collect_events(subscription))
        await asyncio.sleep(0)
        bus.publish(JobQueued(item=one))
        await asyncio.sleep(0)
        bus.close()
        assert await collecting == [JobQueued(item=one)]
