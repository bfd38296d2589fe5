"""The state of the bot at one moment, gathered for `$health`."""

import asyncio
import shutil
import time

import attrs

from boss_bot_core.app.app import App
from boss_bot_core.app.cookies import CookieState
from boss_bot_core.bot.metrics import BotMetrics
from boss_bot_core.domain.progress import DownloadMetrics
from boss_bot_core.domain.storage import StorageMetrics
from boss_bot_core.egress import ProxyMetrics
from boss_bot_core.plugin.health import HealthHint
from boss_bot_core.plugin.loader import PluginFailure
from boss_bot_core.worker.confinement.kernel_support import KernelSupport, detect_kernel_support


@attrs.frozen(kw_only=True)
class HealthReport:
    """The state of the bot.

    Attributes:
        latency_s: Latency of the gateway's heartbeat in seconds; not finite before the first heartbeat.
        running: Downloads that run.
        waiting: Downloads that wait.
        queue_size: How many downloads may wait.
        database_s: Seconds that reading the queue took.
        zygote_pid: Process id of the zygote, which workers are forked from; None while it does not run.
        kernel: The confinement that the kernel supports.
        plugins: Names of the plugins in use.
        failures: Plugins that are not in use, with the reason.
        has_ffmpeg: Whether downloads can use ffmpeg; true in a process that does not dispatch.
        proxy: Counts of the workers' proxy since the start; None in a process that does not dispatch.
        cookies: The state of each cookie file.
        hints: What the plugins say about their state.
        free_bytes: Free space on the disk.
        min_free_bytes: Space that has to stay free.
        bot_metrics: Counts of events since the start.
        download_metrics: Results of the downloads since the start.
        storage: The space in use, the clean-ups, and the storage errors since the start.
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
    has_ffmpeg: bool = True
    proxy: ProxyMetrics | None = None
    cookies: tuple[CookieState, ...] = ()
    hints: tuple[HealthHint, ...] = ()
    free_bytes: int
    min_free_bytes: int
    bot_metrics: BotMetrics
    download_metrics: DownloadMetrics
    storage: StorageMetrics = attrs.field(factory=StorageMetrics)

    @property
    def is_healthy(self) -> bool:
        """Whether nothing needs the operator's attention."""
        broken = [failure for failure in self.failures if not failure.disabled]
        is_complete = not broken and all(each.is_good for each in self.cookies)
        return self.zygote_pid is not None and self.free_bytes > self.min_free_bytes and is_complete


async def check_health(app: App, latency_s: float, metrics: BotMetrics) -> HealthReport:
    """Return the state of a bot whose app is open.

    Args:
        app: The open app.
        latency_s: Latency of the gateway's heartbeat in seconds.
        metrics: The bot's counts.
    """
    started = time.perf_counter()
    state = await app.service.queue_state()
    database_s = time.perf_counter() - started
    storage, engine = app.services.storage, app.engine
    loaded = None if engine is None else engine.zygote.ready
    return HealthReport(
        latency_s=latency_s,
        running=state.active_downloads,
        waiting=state.total_items,
        queue_size=state.queue_size,
        database_s=database_s,
        zygote_pid=None if engine is None else engine.zygote.pid,
        kernel=await asyncio.to_thread(detect_kernel_support),
        plugins=tuple(name for name in app.plugins.loaded if loaded is None or name in loaded.loaded),
        failures=_list_failures(app, () if loaded is None else loaded.failures),
        has_ffmpeg=engine is None or engine.ffmpeg is not None,
        proxy=None if engine is None else engine.proxy.metrics,
        cookies=await asyncio.to_thread(app.cookies.states),
        hints=await asyncio.to_thread(app.plugins.check_health, app.cookies.has_usable),
        free_bytes=(await asyncio.to_thread(shutil.disk_usage, storage.layout.data_dir)).free,
        min_free_bytes=app.services.settings.storage.min_free_disk_bytes,
        bot_metrics=metrics,
        download_metrics=app.metrics.snapshot(),
        storage=await app.cleanup.totals.read_metrics(),
    )


def _list_failures(app: App, of_zygote: tuple[PluginFailure, ...]) -> tuple[PluginFailure, ...]:
    """Return the failures of this process, and of the warm-up; the zygote does not know why a plugin was left out."""
    known = {failure.name for failure in app.plugins.failures}
    return (*app.plugins.failures, *(failure for failure in of_zygote if failure.name not in known))
