"""The limits of workers from the operator's settings: the confinement, and the watchdog's limits, by kind of job."""

import asyncio
import os
from collections.abc import Mapping

import attrs

from boss_bot_core.app.worker_setup import find_javascript
from boss_bot_core.domain.sizes import MEGABYTE
from boss_bot_core.pipeline.worker_limits import WorkerLimits, list_worker_limits
from boss_bot_core.settings import Settings
from boss_bot_core.worker import Confinement, WatchLimits, WorkerJob

FILE_SLACK_BYTES = 16 * MEGABYTE
"""How much a worker may write beyond the largest file: engines write a little more than they keep."""

CONVERSION_FILES = 4
"""How many times the largest file one file of a conversion may have: a first pass can be larger than its source."""


def build_confinement(settings: Settings) -> Confinement:
    """Return the confinement of every worker that does not convert."""
    return Confinement(
        max_file_bytes=settings.download.max_file_size_bytes + FILE_SLACK_BYTES,
        max_cpu_s=int(settings.download.wall_clock_s) + 1,
        programs=find_javascript(),
    )


def build_worker_limits(settings: Settings) -> Mapping[type[WorkerJob], WorkerLimits]:
    """Return the limits of the workers by the kind of their job."""
    download, conversion = settings.download, settings.conversion
    confinement = build_confinement(settings)
    watch = WatchLimits(
        stall_s=download.stall_s,
        wall_clock_s=download.wall_clock_s,
        memory_bytes=download.worker_memory_bytes,
    )
    threads = conversion.conversion_threads
    converting = WorkerLimits(
        confinement=attrs.evolve(
            confinement,
            max_file_bytes=CONVERSION_FILES * download.max_file_size_bytes + FILE_SLACK_BYTES,
            max_cpu_s=int(threads * conversion.conversion_wall_clock_s) + 1,
            niceness=conversion.conversion_niceness,
        ),
        watch=WatchLimits(
            stall_s=conversion.conversion_stall_s,
            wall_clock_s=conversion.conversion_wall_clock_s,
            memory_bytes=conversion.conversion_memory_bytes,
        ),
        slots=asyncio.Semaphore(max(1, (os.cpu_count() or 1) // threads)),
    )
    return list_worker_limits(WorkerLimits(confinement=confinement, watch=watch), converting)
