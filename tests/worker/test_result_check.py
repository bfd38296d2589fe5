"""Tests of the check of a worker's result: which paths the bot accepts."""

from pathlib import Path

import attrs
import pytest

from boss_bot_core.plugin import (
    DownloadResult,
    FetchedFile,
    FileFacts,
    FileToInspect,
    PostProcessResult,
    ProcessedFile,
)
from boss_bot_core.worker import (
    DownloadFinished,
    InspectFinished,
    InspectJob,
    MessageError,
    PostProcessFinished,
    PostProcessJob,
)
from boss_bot_core.worker.result_check import MAX_FILES, check_result
from tests.worker.conftest import MakeJob


@pytest.fixture
def job(tmp_path: Path) -> PostProcessJob:
    """A job with one source outside its folder and one file in it."""
    (tmp_path / "source").touch()
    (tmp_path / "out" / "below").mkdir(parents=True)
    (tmp_path / "out" / "below" / "made").touch()
    (tmp_path / "out" / "way-out").symlink_to(tmp_path)
    return PostProcessJob(files=(tmp_path / "source",), directory=tmp_path / "out", max_file_size_bytes=1)


def _processed(job: PostProcessJob, path: str, source: str) -> PostProcessFinished:
    root = job.directory.parent
    return PostProcessFinished(result=PostProcessResult(files=(ProcessedFile(path=root / path, source=root / source),)))


@pytest.mark.parametrize("path", ["out/below/made", "source"])
def test_a_created_file_and_an_unchanged_source_are_accepted(job: PostProcessJob, path: str) -> None:
    check_result(job, _processed(job, path, "source"))


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("out/below/made", "elsewhere"),
        ("elsewhere", "source"),
        ("out/below", "source"),
        ("out/way-out/source", "source"),
        ("out/below/made/x", "source"),
        ("out/none", "source"),
    ],
)
def test_any_other_path_is_rejected(job: PostProcessJob, path: str, source: str) -> None:
    with pytest.raises(MessageError):
        check_result(job, _processed(job, path, source))


@pytest.mark.parametrize("name", ["elsewhere", "out/none"])
def test_a_thumbnail_is_checked_like_a_file(job: PostProcessJob, name: str) -> None:
    finished = _processed(job, "out/below/made", "source")
    check_result(job, _add_thumbnail(finished, job.directory / "below" / "made"))
    with pytest.raises(MessageError):
        check_result(job, _add_thumbnail(finished, job.directory.parent / name))


def _add_thumbnail(finished: PostProcessFinished, path: Path) -> PostProcessFinished:
    files = tuple(attrs.evolve(file, thumbnail=path) for file in finished.result.files)
    return PostProcessFinished(result=PostProcessResult(files=files))


def test_a_result_with_too_many_files_is_rejected_before_they_are_checked(make_job: MakeJob) -> None:
    files = (FetchedFile(path=Path("/none")),) * (MAX_FILES + 1)
    with pytest.raises(MessageError, match="more than"):
        check_result(make_job("fetch"), DownloadFinished(result=DownloadResult(files=files)))


def test_the_result_of_another_kind_of_job_is_rejected(make_job: MakeJob, job: PostProcessJob) -> None:
    with pytest.raises(MessageError, match="another job"):
        check_result(make_job("fetch"), _processed(job, "source", "source"))


def test_an_inspection_must_report_every_file() -> None:
    job = InspectJob(files=(FileToInspect[None](path=Path("/a"), kind="any", size_bytes=1),) * 2, inspectors=())
    check_result(job, InspectFinished(outcomes=(FileFacts(), FileFacts())))
    with pytest.raises(MessageError, match="another job"):
        check_result(job, InspectFinished(outcomes=(FileFacts(),)))
