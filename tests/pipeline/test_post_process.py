"""The post-process stage with a real worker: what it makes, and what it tells while it works."""

from pathlib import Path

import pytest

from boss_bot_core.domain.events import JobConversionProgressed, JobConversionStarted
from boss_bot_core.domain.media import MediaInfo
from boss_bot_core.errors import ChoiceNeededError
from boss_bot_core.pipeline.event_bus import EventBus
from boss_bot_core.pipeline.file_limits import FileLimits
from boss_bot_core.pipeline.running_job import RunningJob
from boss_bot_core.pipeline.stages.inspection import InspectionRunner
from boss_bot_core.pipeline.stages.post_process import ConversionSetup, PostProcessStage
from boss_bot_core.pipeline.stages.verify import VerifyStage
from boss_bot_core.plugin import FetchedFile, FileFacts
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
        processed = await stage.run(job, "trial", (file,), tmp_path / "out", MediaInfo())
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
        await stage.run(job, "trial", (build_source(tmp_path, "reported.bin"),), tmp_path / "out", MediaInfo())
    told = [event async for event in events]
    assert [type(event) for event in told if not isinstance(event, JobConversionProgressed)] == [JobConversionStarted]
    assert isinstance(told[0], JobConversionStarted)
    shares = [event.update.fraction for event in told if isinstance(event, JobConversionProgressed)]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0, "the last report is never lost"
    with pytest.raises(ChoiceNeededError) as asked:
        await stage.run(job, "trial", (build_source(tmp_path, "undecided.bin"),), tmp_path / "out", MediaInfo())
    assert asked.value.choices == ("parts", "sound")


def build_source(tmp_path: Path, name: str) -> VerifiedFile:
    path = tmp_path / name
    path.write_bytes(b"x" * 100)
    return VerifiedFile(fetched=FetchedFile(path=path), facts=FileFacts(mime_type="application/x-trial"))
