"""The alert monitor: feeds the rules of alerts with events and measurements, logs alerts, and sends them on."""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterable

from loguru import logger

from boss_bot_core.database import Database, DatabaseError
from boss_bot_core.domain.clock import utc_now
from boss_bot_core.domain.events import JobCompleted, JobEvent, JobFailed
from boss_bot_core.domain.items import LOCAL_ID
from boss_bot_core.domain.storage import StorageErrorKind
from boss_bot_core.operations.alert_facts import (
    observe_cleanup,
    observe_disks,
    observe_events,
    observe_failure_rate,
    observe_quota,
)
from boss_bot_core.operations.alerts import Alert, AlertBoard, Observation
from boss_bot_core.operations.failure_rate import FailureRate
from boss_bot_core.pipeline.event_bus import Subscription
from boss_bot_core.storage import Storage

MEASURE_INTERVAL_S = 60.0
MAX_UNSENT = 50


class AlertMonitor:
    """Watches downloads and storage in the dispatching process.

    Args:
        storage: The storage whose disks and errors are watched.
        database: Knows what servers have fetched today.
        has_cookies: Returns whether a plugin has cookies that can be used.
        send: Sends an alert to the operator; returns False if it has to be tried again later.
    """

    def __init__(
        self,
        storage: Storage,
        database: Database,
        has_cookies: Callable[[str], bool],
        send: Callable[[Alert], Awaitable[bool]],
    ) -> None:
        self._storage = storage
        self._database = database
        self._has_cookies = has_cookies
        self._send = send
        self._board = AlertBoard()
        self._failure_rate = FailureRate()
        self._known_cleanup_errors = 0
        self._unsent: deque[Alert] = deque(maxlen=MAX_UNSENT)
        self._sending = asyncio.Lock()

    async def watch_events(self, events: Subscription) -> None:
        """Observe every event until the subscription is closed."""
        async for event in events:
            await self._alert(observe_events(event, self._has_cookies))
            if isinstance(event, JobCompleted | JobFailed):
                await self._alert([observe_failure_rate(self._failure_rate.record(event, time.monotonic()))])
                await self._alert(await self._observe_quota(event))

    async def watch_storage(self) -> None:
        """Measure now and every minute until cancelled."""
        while True:
            await self.measure()
            await asyncio.sleep(MEASURE_INTERVAL_S)

    async def measure(self) -> None:
        """Observe the disks and the clean-ups, and send again what could not be sent."""
        try:
            await self._alert(await asyncio.to_thread(observe_disks, self._storage.layout))
        except OSError as error:
            logger.bind(action="alert").warning("The disk cannot be measured: {}.", error.strerror)
        errors = self._storage.errors.counts.get(StorageErrorKind.CLEANUP_ERROR, 0)
        if errors > self._known_cleanup_errors:
            await self._alert([observe_cleanup(errors - self._known_cleanup_errors)])
        self._known_cleanup_errors = errors
        await self._send_all()

    async def _observe_quota(self, event: JobEvent) -> Iterable[Observation]:
        guild_id = event.item.guild_id
        if guild_id == LOCAL_ID:
            return ()
        try:
            async with self._database.connect() as tx:
                used_bytes = await tx.guild_traffic.count_bytes(guild_id, utc_now().date())
        except DatabaseError as error:
            logger.bind(action="alert").warning("The traffic of a server cannot be read: {}", error)
            return ()
        return (observe_quota(guild_id, used_bytes, self._storage.quota.guild_daily_bytes),)

    async def _alert(self, observations: Iterable[Observation]) -> None:
        for observation in observations:
            alert = self._board.observe(observation, time.monotonic())
            if alert is None:
                continue
            if alert.is_over:
                logger.bind(action="alert").info("Over: {}", observation.over_text)
            else:
                logger.bind(action="alert").warning("{}", observation.text)
            self._unsent.append(alert)
            await self._send_all()

    async def _send_all(self) -> None:
        async with self._sending:
            while self._unsent and await self._send(self._unsent[0]):
                self._unsent.popleft()
