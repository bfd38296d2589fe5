"""The plan of a post-processing in the worker of the inspection: what is left of a file is inspected like the file."""

from pathlib import Path

import pytest

from boss_bot_core.errors import ErrorReport
from boss_bot_core.plugin import ByteRange, FileFacts, FileToInspect, PostProcessPlan
from boss_bot_core.worker import InspectFinished, InspectJob, Inspector, MessageError, PostProcessJob, Zygote
from boss_bot_core.worker.result_check import check_result
from tests.worker.conftest import make_zygote, plugin_site, run_job, zygote

__all__ = ["make_zygote", "plugin_site", "zygote"]

CUT = (ByteRange(start=0, stop=2), ByteRange(start=5, stop=8))


def build_job(tmp_path: Path, *contents: tuple[str, str]) -> InspectJob:
    for name, content in contents:
        (tmp_path / name).write_text(content)
    files = tuple(
        FileToInspect[None](path=tmp_path / name, kind="any", size_bytes=len(content)) for name, content in contents
    )
    conversion = PostProcessJob(
        files=tuple(file.path for file in files), directory=tmp_path / "out", max_file_size_bytes=10
    )
    return InspectJob(files=files, inspectors=(Inspector(plugin="trial"),), conversion=conversion)


async def inspect(zygote: Zygote, job: InspectJob) -> InspectFinished:
    *_, finished = await run_job(zygote, job)
    assert isinstance(finished, InspectFinished)
    return finished


async def test_the_accepted_files_are_planned_without_a_folder(zygote: Zygote, tmp_path: Path) -> None:
    finished = await inspect(zygote, build_job(tmp_path, ("cut1", "virus..."), ("cut2", "12345678")))
    assert [type(outcome) for outcome in finished.outcomes] == [ErrorReport, FileFacts]
    assert finished.plan == PostProcessPlan(kept=(None, CUT), notes=("cut",))
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [("cut", "vi123rus"), ("other", "12345678"), ("cut", "virus678")],
    ids=["what is left is dangerous", "the plugin has no plan", "nothing is accepted"],
)
async def test_other_files_have_no_plan(zygote: Zygote, tmp_path: Path, name: str, content: str) -> None:
    finished = await inspect(zygote, build_job(tmp_path, (name, content)))
    assert finished.plan is None
    assert isinstance(finished.outcomes[0], ErrorReport) == content.startswith("virus")


async def test_without_a_conversion_nothing_is_planned(zygote: Zygote, tmp_path: Path) -> None:
    job = build_job(tmp_path, ("cut", "12345678"))
    finished = await inspect(zygote, InspectJob(files=job.files, inspectors=job.inspectors))
    assert finished.plan is None


@pytest.mark.parametrize(
    "kept",
    [
        (),
        ((),),
        ((ByteRange(start=0, stop=9),),),
        ((ByteRange(start=-1, stop=2),),),
        ((ByteRange(start=4, stop=2),),),
        ((ByteRange(start=0, stop=4), ByteRange(start=2, stop=6)),),
    ],
)
def test_a_plan_that_does_not_fit_its_files_is_refused(tmp_path: Path, kept: tuple[tuple[ByteRange, ...], ...]) -> None:
    job = build_job(tmp_path, ("cut", "12345678"))
    good = InspectFinished(outcomes=(FileFacts(),), plan=PostProcessPlan(kept=(CUT,)))
    check_result(job, good)
    with pytest.raises(MessageError):
        check_result(job, InspectFinished(outcomes=(FileFacts(),), plan=PostProcessPlan(kept=kept)))
