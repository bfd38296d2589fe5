"""Tests of the alert monitor with real storage, a real database and real events."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import attrs
import pytest
import pytest_asyncio

from boss_bot_core.database import Database
from boss_bot_core.domain.clock import utc_now
from boss_bot_core.domain.errors import ErrorType
from boss_bot_core.domain.events import JobCompleted, JobEvent, SuspiciousFileFound
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.storage import StorageErrorKind
from boss_bot_core.operations.alert_facts import (
    observe_cleanup,
    observe_disks,
    observe_events,
    observe_failure_rate,
    observe_quota,
)
from boss_bot_core.operations.alert_monitor import AlertMonitor
from boss_bot_core.operations.alerts import Alert, AlertKind
from boss_bot_core.pipeline.event_bus import EventBus
from boss_bot_core.storage import Quota, Storage, StorageLayout
from tests.operations.test_failure_rate import DONE, build_failure
from tests.pipeline.test_event_bus import build_item

GUILD = 77
LIMIT_BYTES = 1000


@attrs.frozen
class Disk:
    """What the operating system tells of a disk, in bytes."""

    used: int
    free: int


@attrs.define
class MonitorHarness:
    """A monitor whose alerts are kept, and a Discord that may be out of reach."""

    storage: Storage
    database: Database
    monitor: AlertMonitor = attrs.field(init=False)
    sent: list[Alert] = attrs.field(factory=list)
    is_reachable: bool = True

    def __attrs_post_init__(self) -> None:
        self.monitor = AlertMonitor(self.storage, self.database, lambda plugin: plugin == "x", self.send)

    async def send(self, alert: Alert) -> bool:
        if self.is_reachable:
            self.sent.append(alert)
        return self.is_reachable

    async def publish(self, *events: JobEvent) -> list[AlertKind]:
        """Let the monitor see events; return the kinds of all alerts that were sent."""
        bus = EventBus()
        with bus.subscribe() as subscription:
            for event in events:
                bus.publish(event)
            bus.close()
            await self.monitor.watch_events(subscription)
        return [alert.observation.kind for alert in self.sent]

    async def measure(self) -> list[AlertKind]:
        """Let the monitor measure once; return the kinds of all alerts that were sent."""
        await self.monitor.measure()
        return [alert.observation.kind for alert in self.sent]


@pytest_asyncio.fixture
async def harness(tmp_path: Path) -> AsyncIterator[MonitorHarness]:
    quota = Quota(temp_bytes=1, guild_daily_bytes=LIMIT_BYTES, min_free_bytes=1)
    storage = Storage(layout=StorageLayout(tmp_path / "data", tmp_path / "cache"), quota=quota)
    await storage.prepare()
    async with Database.open(f"sqlite:///{tmp_path}/queue.db") as database:
        yield MonitorHarness(storage, database)


def of_plugin(name: str) -> DownloadItem:
    return attrs.evolve(build_item(), plugin=name)


async def test_cookies_that_a_site_refuses_are_told_once_until_they_work_again(harness: MonitorHarness) -> None:
    refused = attrs.evolve(build_failure(ErrorType.AUTH_REQUIRED), item=of_plugin("x"))
    without_cookies = attrs.evolve(refused, item=of_plugin("y"))
    assert await harness.publish(refused, refused, without_cookies) == [AlertKind.COOKIES]
    assert "plugin x has cookies" in harness.sent[0].observation.text
    assert await harness.publish(JobCompleted(item=of_plugin("x"), files=()), refused) == [AlertKind.COOKIES] * 3
    assert [alert.is_over for alert in harness.sent] == [False, True, False]
    assert harness.sent[1].observation.over_text == "Plugin x has completed a download again."


async def test_each_kind_of_suspicious_file_is_told_once(harness: MonitorHarness) -> None:
    found = [SuspiciousFileFound(item=build_item(), reason=f"It has signature {name}.") for name in ("A", "A", "B")]
    assert await harness.publish(*found) == [AlertKind.SUSPICIOUS_FILE] * 2
    assert "It has signature B." in harness.sent[1].observation.text
    assert found[2].item.short_id in harness.sent[1].observation.text


async def test_many_failures_are_told(harness: MonitorHarness) -> None:
    failures = [build_failure(ErrorType.NETWORK) for _ in range(20)]
    assert await harness.publish(*[DONE] * 9, *failures[:9]) == []
    assert await harness.publish(*failures[9:]) == [AlertKind.ERROR_RATE]


async def test_a_server_near_its_quota_is_told(harness: MonitorHarness) -> None:
    done = attrs.evolve(DONE, item=attrs.evolve(build_item(), guild_id=GUILD))
    for used_bytes, kinds in ((900, []), (20, [AlertKind.QUOTA]), (50, [AlertKind.QUOTA])):
        async with harness.database.begin() as tx:
            await tx.guild_traffic.add_bytes(GUILD, utc_now().date(), used_bytes)
        assert await harness.publish(done) == kinds
    assert f"Server {GUILD} has used 920" in harness.sent[0].observation.text


async def test_a_full_disk_and_failed_cleanups_are_told_when_they_are_measured(
    harness: MonitorHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = Disk(used=79, free=21)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: disk)
    assert await harness.measure() == []
    disk = Disk(used=81, free=19)
    harness.storage.errors.record(StorageErrorKind.CLEANUP_ERROR)
    assert await harness.measure() == [AlertKind.SPACE, AlertKind.CLEANUP]
    assert await harness.measure() == [AlertKind.SPACE, AlertKind.CLEANUP]
    assert "81% full" in harness.sent[0].observation.text
    disk = Disk(used=70, free=30)
    assert await harness.measure() == [AlertKind.SPACE, AlertKind.CLEANUP, AlertKind.SPACE]
    assert harness.sent[2].is_over
    assert harness.sent[2].observation.over_text.startswith("The disk of the downloads is 70% full: ")


async def test_every_level_that_recovers_has_words_for_it(harness: MonitorHarness) -> None:
    """A suspicious file and a failed clean-up are over without a word: nothing has recovered."""
    failed = build_failure(ErrorType.AUTH_REQUIRED)
    found = [*observe_disks(harness.storage.layout), observe_failure_rate(0.1), observe_quota(GUILD, 1, 2)]
    found += observe_events(failed, lambda _: True)
    assert [one.kind for one in found if not one.over_text] == []
    silent = [observe_cleanup(1), *observe_events(SuspiciousFileFound(item=build_item(), reason="Bad."), bool)]
    assert {one.kind for one in (*found, *silent)} == set(AlertKind)
    assert [one.over_text for one in silent] == ["", ""]


async def test_an_alert_that_cannot_be_sent_is_sent_later(harness: MonitorHarness) -> None:
    harness.is_reachable = False
    assert await harness.publish(SuspiciousFileFound(item=build_item(), reason="Bad.")) == []
    harness.is_reachable = True
    assert (await harness.measure())[:1] == [AlertKind.SUSPICIOUS_FILE]
