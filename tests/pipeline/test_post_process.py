"""The post-process stage with a real worker: what it makes, and what it tells while it works."""

from pathlib import Path

import pytest

from boss_bot_core.domain.events import JobConversionProgressed, JobConversionStarted
from boss_bot_core.domain.media import MediaInfo
from boss_bot_core.errors import ChoiceNeededError, FileRejectedError
from boss_bot_core.pipeline.event_bus import EventBus
from boss_bot_core.pipeline.file_limits import FileLimits
from boss_bot_core.pipeline.hook_runner import HookRunner
from boss_bot_core.pipeline.running_job import RunningJob
from boss_bot_core.pipeline.stages.inspection import InspectionRunner
from boss_bot_core.pipeline.stages.job_builder import ConversionSetup
from boss_bot_core.pipeline.stages.post_process import PostProcessStage
from boss_bot_core.pipeline.stages.verify import Verified, VerifyStage
from boss_bot_core.plugin import ByteRange, FetchedFile, FileFacts, PostProcessPlan, ServiceAddress
from boss_bot_core.queue import DownloadQueue
from boss_bot_core.storage import VerifiedFile
from boss_bot_core.worker import Inspector, Zygote
from tests.pipeline.hook_runners import build_hook_runner
from tests.pipeline.test_running_job import queue, start_job
from tests.worker.conftest import make_zygote, plugin_site, zygote

__all__ = ["make_zygote", "plugin_site", "queue", "zygote"]


@pytest.mark.parametrize(("is_used", "names"), [(True, ["small-file.bin"]), (False, ["file.bin"])])
async def test_plugins_convert_and_without_progress_nothing_is_told(
    zygote: Zygote, queue: DownloadQueue, tmp_path: Path, *, is_used: bool, names: list[str]
) -> None:
    bus, source = EventBus(), tmp_path / "file.bin"
    source.write_bytes(b"x" * 100)
    hook_runner = build_hook_runner(zygote)
    limits = FileLimits(cap_bytes=1_000, is_converting=is_used)
    inspection = InspectionRunner(hook_runner, (Inspector(plugin="trial"),))
    stage = PostProcessStage(hook_runner, VerifyStage(inspection, limits, {}), limits, ConversionSetup())
    job = RunningJob((await start_job(queue)).item, queue.claims, bus)
    file = VerifiedFile(fetched=FetchedFile(path=source), facts=FileFacts(mime_type="application/x-trial"))
    with bus.subscribe() as events:
        processed = await stage.run(job, "trial", Verified((file,)), tmp_path / "out", MediaInfo())
    told = [event async for event in events]
    assert [each.path.name for each in processed.files] == names
    assert told == []


async def test_the_reports_become_events_and_a_question_ends_the_stage(
    zygote: Zygote, queue: DownloadQueue, tmp_path: Path
) -> None:
    bus, limits = EventBus(), FileLimits(cap_bytes=1_000, is_converting=True)
    hook_runner = build_hook_runner(zygote)
    verify_stage = VerifyStage(InspectionRunner(hook_runner, (Inspector(plugin="trial"),)), limits, {})
    stage = PostProcessStage(hook_runner, verify_stage, limits, ConversionSetup())
    job = RunningJob((await start_job(queue)).item, queue.claims, bus)
    with bus.subscribe() as events:
        await stage.run(job, "trial", build_source(tmp_path, "reported.bin"), tmp_path / "out", MediaInfo())
    told = [event async for event in events]
    assert [type(event) for event in told if not isinstance(event, JobConversionProgressed)] == [JobConversionStarted]
    assert isinstance(told[0], JobConversionStarted)
    shares = [event.update.fraction for event in told if isinstance(event, JobConversionProgressed)]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0, "the last report is never lost"
    with pytest.raises(ChoiceNeededError) as asked:
        await stage.run(job, "trial", build_source(tmp_path, "undecided.bin"), tmp_path / "out", MediaInfo())
    assert asked.value.choices == ("parts", "sound")


async def test_files_with_a_plan_are_cut_without_a_worker(zygote: Zygote, queue: DownloadQueue, tmp_path: Path) -> None:
    hook_runner = HookRunner(zygote, {})  # it cannot start any
    limits = FileLimits(cap_bytes=1_000, is_converting=True)
    verify_stage = VerifyStage(InspectionRunner(hook_runner, (Inspector(plugin="trial"),)), limits, {})
    stage = PostProcessStage(hook_runner, verify_stage, limits, ConversionSetup())
    job = RunningJob((await start_job(queue)).item, queue.claims, EventBus())
    source, other = build_source(tmp_path, "a.bin"), build_source(tmp_path, "b.bin")
    (tmp_path / "a.bin").write_bytes(b"0123456789")
    ranges = (ByteRange(start=1, stop=3), ByteRange(start=8, stop=10))
    verified = Verified((*source.files, *other.files), plan=PostProcessPlan(kept=(ranges, None), notes=("cut",)))
    processed = await stage.run(job, "trial", verified, tmp_path / "out", MediaInfo())
    cut, kept = processed.files
    assert (cut.path.name, cut.path.read_bytes()) == ("a.bin", b"1289")
    assert (kept.path, processed.notes) == (tmp_path / "b.bin", ("cut",))


async def test_a_scanner_also_inspects_what_is_left(zygote: Zygote, queue: DownloadQueue, tmp_path: Path) -> None:
    hook_runner = build_hook_runner(zygote)
    limits = FileLimits(cap_bytes=1_000, is_converting=True)
    scanner = Inspector(plugin="trial", services=(ServiceAddress.parse("127.0.0.1:9"),))
    verify_stage = VerifyStage(InspectionRunner(hook_runner, (scanner,)), limits, {})
    stage = PostProcessStage(hook_runner, verify_stage, limits, ConversionSetup())
    job = RunningJob((await start_job(queue)).item, queue.claims, EventBus())
    source = build_source(tmp_path, "a.bin")
    (tmp_path / "a.bin").write_bytes(b"vi---rus")
    ranges = (ByteRange(start=0, stop=2), ByteRange(start=5, stop=8))
    verified = Verified(source.files, plan=PostProcessPlan(kept=(ranges,)))
    with pytest.raises(FileRejectedError, match="dangerous"):
        await stage.run(job, "trial", verified, tmp_path / "out", MediaInfo())


def build_source(tmp_path: Path, name: str) -> Verified:
    path = tmp_path / name
    path.write_bytes(b"x" * 100)
    return Verified((VerifiedFile(fetched=FetchedFile(path=path), facts=FileFacts(mime_type="application/x-trial")),))
