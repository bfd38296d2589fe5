"""The totals of the clean-ups: read before each one, and written after it, with the metrics and the clock's history."""

import asyncio
from collections.abc import Callable, Iterable
from uuid import UUID

import attrs
from loguru import logger

from boss_bot_core.concurrency import shielded
from boss_bot_core.domain.cleanup import CleanupRun
from boss_bot_core.domain.clock_history import ClockHistory, ClockReading
from boss_bot_core.domain.storage import StorageMetrics
from boss_bot_core.storage import Storage
from boss_bot_core.storage.maintenance import MaintenanceRecord, read_maintenance, write_maintenance
from boss_bot_core.storage.usage import measure_space


class CleanupTotals:
    """Keeps `.maintenance`. On a full disk the totals stay in memory until they can be written."""

    def __init__(self, storage: Storage, clock: Callable[[], ClockReading]) -> None:
        self._storage = storage
        self._clock = clock
        self._unwritten: MaintenanceRecord | None = None

    async def read_metrics(self) -> StorageMetrics:
        """Return the metrics as the last clean-up left them, with the storage errors of this process."""
        metrics = (await self._read()).metrics
        return attrs.evolve(metrics, error_counts=self._storage.errors.counts or metrics.error_counts)

    async def observe_clock(self) -> ClockHistory:
        """Return the history of the clock, up to now; jumps are remembered from now on."""
        record = await self._read()
        clock = record.observe(self._clock())
        await self._write(attrs.evolve(record, clock=clock))
        return clock

    async def add(self, run: CleanupRun) -> None:
        """Add the result of a clean-up to the totals, and measure the space in use."""
        space = await asyncio.to_thread(measure_space, self._storage.layout)
        record = await self._read()
        metrics = StorageMetrics(
            total_space_used=space.stored_bytes + space.temp_bytes,
            temp_space_used=space.temp_bytes,
            downloads_per_guild=space.downloads_per_guild,
            cleanup_stats=record.metrics.cleanup_stats.add(run),
            error_counts=self._storage.errors.counts,
            measured_at=self._clock().wall,
        )
        await self._write(attrs.evolve(record, metrics=metrics))

    async def forget(self, item_ids: Iterable[UUID]) -> None:
        """Remove what the last clean-ups tell of some downloads, by whose ids these texts begin."""
        record, names = await self._read(), tuple(map(str, item_ids))

        def keep(texts: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(text for text in texts if not text.startswith(names))

        stats = record.metrics.cleanup_stats
        runs = {
            kind: attrs.evolve(run, damaged=keep(run.damaged), failed=keep(run.failed))
            for kind, run in stats.last_runs.items()
        }
        if runs != stats.last_runs:
            metrics = attrs.evolve(record.metrics, cleanup_stats=attrs.evolve(stats, last_runs=runs))
            await self._write(attrs.evolve(record, metrics=metrics))

    async def _read(self) -> MaintenanceRecord:
        if self._unwritten is not None:
            return self._unwritten
        return await asyncio.to_thread(read_maintenance, self._storage.layout)

    @shielded
    async def _write(self, record: MaintenanceRecord) -> None:
        try:
            await asyncio.to_thread(write_maintenance, self._storage.layout, record)
        except OSError as error:
            logger.bind(action="cleanup").warning("The totals of the clean-ups cannot be written: {}.", error.strerror)
            self._unwritten = record
        else:
            self._unwritten = None
