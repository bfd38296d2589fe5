"""How the bot is, gathered for `$health`."""

import asyncio
import shutil
import time
from datetime import datetime

import attrs

from boss_bot_core.app import App
from boss_bot_core.bot.metrics import BotMetrics
from boss_bot_core.bot.texts import units
from boss_bot_core.domain.progress import DownloadMetrics
from boss_bot_core.domain.sizes import format_size
from boss_bot_core.plugin.loader import PluginFailure
from boss_bot_core.worker.confinement.kernel_support import KernelSupport, detect_kernel_support


@attrs.frozen(kw_only=True)
class HealthReport:
    """The facts at one moment.

    Attributes:
        latency_s: Of the gateway's heartbeat; not finite before the first.
        running: Downloads that run.
        waiting: Downloads that wait.
        queue_size: How many may wait.
        database_s: How long a query of the queue took.
        zygote_pid: Of the process that workers come from; None while there is none.
        kernel: What the kernel confines.
        plugins: Names of the plugins in use.
        failures: Plugins that are not, and why.
        free_bytes: Room on the disk.
        min_free_bytes: What has to stay free.
        counters: What happened since the start.
        metrics: How the downloads of this process went.
    """

    latency_s: float
    running: int
    waiting: int
    queue_size: int
    database_s: float
    zygote_pid: int | None
    kernel: KernelSupport
    plugins: tuple[str, ...]
    failures: tuple[PluginFailure, ...]
    free_bytes: int
    min_free_bytes: int
    counters: BotMetrics
    metrics: DownloadMetrics

    @property
    def is_well(self) -> bool:
        """Whether nothing needs the operator."""
        broken = [failure for failure in self.failures if not failure.disabled]
        return self.zygote_pid is not None and self.free_bytes > self.min_free_bytes and not broken

    @property
    def headline(self) -> str:
        """One line for everybody."""
        sign = "✅ I'm well." if self.is_well else "⚠ Something needs the operator."
        return f"{sign} Discord {_milliseconds(self.latency_s)} · {self.running} running, {self.waiting} waiting"

    def details(self, now: datetime) -> list[str]:
        """Return lines for the operator."""
        count = self.counters
        zygote = f"process {self.zygote_pid}" if self.zygote_pid else "NOT RUNNING, starts again by itself"
        return [
            f"Queue: {self.running} running, {self.waiting} of {self.queue_size} waiting",
            f"Database: {_milliseconds(self.database_s)}",
            f"Disk: {format_size(self.free_bytes)} free, {format_size(self.min_free_bytes)} are kept free",
            f"Engines: {zygote}",
            f"Kernel: {self.kernel}",
            f"Plugins: {', '.join(self.plugins) or 'none'}",
            *(f"Plugin {each.name} is not in use: {each.reason}" for each in self.failures),
            f"Up for {units.format_duration((now - count.started_at).total_seconds())}",
            f"Discord: {count.ready} sessions, {count.disconnected} connections lost, {count.resumed} resumed",
            f"Servers: {count.guilds_joined} joined, {count.guilds_left} left",
            *_download_lines(self.metrics),
            f"Commands: {count.commands} used, {count.refused} refused, {count.broken} broke",
        ]


async def check_health(app: App, latency_s: float, counters: BotMetrics) -> HealthReport:
    """Gather the facts of a bot whose app is open."""
    begun = time.perf_counter()
    state = await app.services.queue.reader.state(page_size=1)
    database_s = time.perf_counter() - begun
    folder = app.services.storage.layout.data_dir
    room = app.engine
    ready = None if room is None else room.zygote.ready
    return HealthReport(
        latency_s=latency_s,
        running=state.active_downloads,
        waiting=state.total_items,
        queue_size=state.queue_size,
        database_s=database_s,
        zygote_pid=None if room is None else room.zygote.pid,
        kernel=await asyncio.to_thread(detect_kernel_support),
        plugins=tuple(app.plugins.loaded) if ready is None else ready.loaded,
        failures=tuple(app.plugins.failures) if ready is None else ready.failures,
        free_bytes=(await asyncio.to_thread(shutil.disk_usage, folder)).free,
        min_free_bytes=app.services.settings.storage.min_free_disk_bytes,
        counters=counters,
        metrics=app.metrics.snapshot(),
    )


def _download_lines(metrics: DownloadMetrics) -> tuple[str, str]:
    wait, speed = units.format_duration(metrics.queue_wait_time_seconds), units.format_speed(metrics.average_speed_bps)
    ended, failed = metrics.total_downloads, metrics.failed_downloads
    return (
        f"Downloads: {ended} ended, {failed} failed ({metrics.success_rate:.0f}% came)",
        f"Delivered: {format_size(metrics.total_bytes_downloaded)}, {speed}, after {wait} in the queue on average",
    )


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if 0 <= seconds < float("inf") else "not known yet"
