"""Worker processes: a zygote forks one confined worker per job, which runs a plugin's hook and reports events.

    async with Zygote(ZygoteOptions(disabled=...)) as zygote:
        results = await zygote.match(link)
        async with await zygote.spawn(DownloadJob(...), Confinement()) as worker:
            watching = asyncio.create_task(watch_worker(worker, WatchLimits(), get_last_byte_at))
            async for event in worker.read_events():
                ...  # Progress, Described, LogLine; the last event is always a finished one or HookFailed

After the last event the worker is dead. `worker.kill(reason)`, `.pause()` and `.resume()` signal its whole process
group; leaving the block kills it. `HookFailed.report.to_error()` is the typed error. A worker's only way to the network
is the proxy in `boss_bot_core.egress`.
"""

from boss_bot_core.worker.confinement.kernel_support import KernelSupport, detect_kernel_support
from boss_bot_core.worker.confinement.policy import Confinement
from boss_bot_core.worker.errors import ForkFailedError, MessageError, WorkerError, ZygoteGoneError, ZygoteStartError
from boss_bot_core.worker.messages import (
    DownloadFinished,
    DownloadJob,
    Event,
    HookFailed,
    InspectFinished,
    InspectJob,
    Inspector,
    LogLine,
    PostProcessFinished,
    PostProcessJob,
    WorkerJob,
)
from boss_bot_core.worker.watchdog import WatchLimits, watch_worker
from boss_bot_core.worker.worker_handle import WorkerHandle
from boss_bot_core.worker.worker_registry import WorkerExit
from boss_bot_core.worker.zygote import Zygote
from boss_bot_core.worker.zygote_options import ZygoteOptions

__all__ = [
    "Confinement",
    "DownloadFinished",
    "DownloadJob",
    "Event",
    "ForkFailedError",
    "HookFailed",
    "InspectFinished",
    "InspectJob",
    "Inspector",
    "KernelSupport",
    "LogLine",
    "MessageError",
    "PostProcessFinished",
    "PostProcessJob",
    "WatchLimits",
    "WorkerError",
    "WorkerExit",
    "WorkerHandle",
    "WorkerJob",
    "Zygote",
    "ZygoteGoneError",
    "ZygoteOptions",
    "ZygoteStartError",
    "detect_kernel_support",
    "watch_worker",
]
