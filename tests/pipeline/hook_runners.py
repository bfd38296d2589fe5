"""A hook runner with the same limits for workers of every kind, for the tests of stages with the trial plugin."""

from boss_bot_core.pipeline.hook_runner import HookRunner
from boss_bot_core.pipeline.worker_limits import WorkerLimits, list_worker_limits
from boss_bot_core.worker import WatchLimits, Zygote
from tests.worker.conftest import build_confinement


def build_hook_runner(zygote: Zygote, watch: WatchLimits | None = None) -> HookRunner:
    limits = WorkerLimits(confinement=build_confinement(), watch=watch or WatchLimits())
    return HookRunner(zygote, list_worker_limits(limits, limits))
