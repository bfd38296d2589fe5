"""Tests of the inspection: which plugins share a worker, and which files each worker gets."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from boss_bot_core.egress import Lease
from boss_bot_core.errors import ErrorReport
from boss_bot_core.pipeline.event_bus import EventBus
from boss_bot_core.pipeline.hook_runner import EventListener, HookRunner
from boss_bot_core.pipeline.running_job import RunningJob
from boss_bot_core.pipeline.stages.inspection import InspectionRunner, group_inspectors
from boss_bot_core.pipeline.worker_limits import WorkerLimits
from boss_bot_core.plugin import FileFacts, FileToInspect, ServiceAddress
from boss_bot_core.queue import DownloadQueue
from boss_bot_core.worker import InspectJob, Inspector, WatchLimits, WorkerJob, Zygote
from boss_bot_core.worker.messages.events import JobResult
from tests.pipeline.test_running_job import queue, start_job
from tests.worker.conftest import build_confinement, make_zygote, plugin_site, zygote

__all__ = ["make_zygote", "plugin_site", "queue", "zygote"]

SERVICE = ServiceAddress.parse("127.0.0.1:9")
INSPECTORS = st.builds(
    Inspector, plugin=st.text(max_size=3), services=st.sampled_from([(), (SERVICE,), (SERVICE, SERVICE)])
)


@given(st.lists(INSPECTORS, max_size=6))
def test_a_plugin_with_a_service_has_a_worker_of_its_own_before_all_others(inspectors: list[Inspector]) -> None:
    groups = group_inspectors(inspectors)
    alone = [each for each in inspectors if each.services]
    assert [list(group) for group in groups[: len(alone)]] == [[each] for each in alone]
    rest = [each for group in groups[len(alone) :] for each in group]
    assert rest == [each for each in inspectors if not each.services]
    assert len(groups) - len(alone) == bool(rest)


class RecordingRunner(HookRunner):
    """A hook runner that keeps the names of the files of each inspection."""

    def __init__(self, zygote: Zygote) -> None:
        limits = WorkerLimits(confinement=build_confinement(), watch=WatchLimits())
        super().__init__(zygote, {InspectJob: limits})
        self.inspected: list[str] = []

    async def run(
        self,
        job: RunningJob,
        worker_job: WorkerJob,
        listener: EventListener | None = None,
        *,
        lease: Lease | None = None,
    ) -> JobResult:
        assert isinstance(worker_job, InspectJob)
        self.inspected.append("".join(file.path.name for file in worker_job.files))
        return await super().run(job, worker_job, listener, lease=lease)


async def test_a_file_that_one_worker_rejects_is_not_given_to_the_next_one(
    zygote: Zygote, queue: DownloadQueue, tmp_path: Path
) -> None:
    files = []
    for name, content in (("a", "fine"), ("b", "virus")):
        (tmp_path / name).write_text(content)
        files.append(FileToInspect[None](path=tmp_path / name, kind="any", size_bytes=1))
    scanner, rest = Inspector(plugin="trial", services=(SERVICE,)), Inspector(plugin="trial")
    hook_runner = RecordingRunner(zygote)
    runner = InspectionRunner(hook_runner, (rest, scanner))
    job = RunningJob((await start_job(queue)).item, queue.claims, EventBus())
    facts, rejection = (await runner.run(job, files)).outcomes
    assert facts == FileFacts(mime_type="application/x-trial")
    assert rejection == ErrorReport(kind="FileRejectedError", message="It is dangerous.")
    assert (await runner.run(job, files[1:])).outcomes == (rejection,)
    assert hook_runner.inspected == ["ab", "a", "b"]
