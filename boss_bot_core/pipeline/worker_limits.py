"""The limits of workers by the kind of their job: downloads, inspections, conversions."""

import asyncio
import math
import os
from collections.abc import Mapping

import attrs

from boss_bot_core.worker import Confinement, DownloadJob, InspectJob, PostProcessJob, WatchLimits, WorkerJob


@attrs.frozen(kw_only=True)
class WorkerLimits:
    """The limits of the workers for one kind of job.

    Attributes:
        confinement: Applied by the worker to itself.
        watch: Applied by the bot to the worker.
        slots: Number of such workers that run at the same time; None for no limit.
    """

    confinement: Confinement
    watch: WatchLimits
    slots: asyncio.Semaphore | None = None


def list_worker_limits(download: WorkerLimits, conversion: WorkerLimits) -> Mapping[type[WorkerJob], WorkerLimits]:
    """Return the limits by kind of job.

    Args:
        download: The limits of a worker that downloads.
        conversion: The limits of a worker that post-processes.
    """
    # An inspection cannot report its progress: only the wall clock limits its time. It computes all the time: more of
    # them than cores would only use memory. A long conversion must not keep other downloads from being inspected.
    inspection = attrs.evolve(
        download,
        watch=attrs.evolve(download.watch, stall_s=math.inf),
        slots=asyncio.Semaphore(os.cpu_count() or 1),
    )
    return {DownloadJob: download, InspectJob: inspection, PostProcessJob: conversion}
