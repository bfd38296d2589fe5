"""What is said about the mistakes of a plugin's author, and where its log lines go; in real workers."""

import re
from pathlib import Path

import pytest

from boss_bot_core.plugin import FileToInspect
from boss_bot_core.worker import HookFailed, InspectJob, Inspector, LogLine, PostProcessJob, WorkerJob, Zygote
from tests.worker.conftest import MakeJob, build_confinement, get_failure, run_job

RETURNED = {
    "return_nothing": "Plugin trial returned None from bossbot_download, which must return a DownloadResult.",
    "return_text": (
        "Plugin trial returned a value of type str from bossbot_download, which must return a DownloadResult."
    ),
    "return_no_files": "Plugin trial returned no files; its bossbot_download must raise NothingFoundError.",
    "return_one_file": "Plugin trial returned a value of a wrong type.",
    "return_invalid_path": "Plugin trial returned a file outside request.directory.",
    "return_path?path=/etc/passwd": "Plugin trial returned a file outside request.directory.",
    "return_path?path=DIR/../other": "Plugin trial returned a file outside request.directory.",
    "return_path?path=DIR": "Plugin trial returned a file outside request.directory.",
    "return_path?path=relative": "Plugin trial returned a file outside request.directory.",
    "return_path?path=DIR/nothing": "Plugin trial returned a file that does not exist.",
    "return_link?kind=symbolic&target=/etc/passwd": (
        "Plugin trial returned a path that is no plain file, such as a link."
    ),
    "return_link?kind=hard&target=DIR/../../secret": (
        "Plugin trial returned a path that is no plain file, such as a link."
    ),
}


@pytest.mark.parametrize("operation", RETURNED)
async def test_a_wrong_result_is_one_sentence_with_the_plugin_and_the_mistake(
    zygote: Zygote, make_job: MakeJob, operation: str, tmp_path: Path
) -> None:
    (tmp_path / "secret").touch()
    failed = get_failure(
        await run_job(zygote, make_job(operation), build_confinement(landlock=False, audit_hook=False))
    )
    assert (failed.report.kind, failed.report.message) == ("InternalError", RETURNED[operation])
    assert failed.report.detail is None


@pytest.mark.parametrize(
    ("operation", "message", "last_line"),
    [
        (
            "use_wrong_type",
            "Plugin trial has a bug (TypeError).",
            "TypeError: 'NoneType' object is not subscriptable",
        ),
        (
            "use_wrong_attribute",
            "Plugin trial has a bug (AttributeError).",
            "AttributeError: 'DownloadRequest' object has no attribute 'folder'",
        ),
    ],
)
async def test_a_bug_in_the_download_hook_is_reported_with_its_traceback(
    zygote: Zygote, make_job: MakeJob, operation: str, message: str, last_line: str
) -> None:
    failed = get_failure(await run_job(zygote, make_job(operation)))
    assert (failed.report.kind, failed.report.message, failed.plugin) == ("InternalError", message, "trial")
    lines = (failed.report.detail or "").splitlines()
    assert lines[0] == "Traceback (most recent call last):"
    assert any(re.search(rf"boss_bot_trial/mistakes\.py\", line \d+, in {operation}$", line) for line in lines)
    assert lines[-1] == last_line


async def test_an_exception_that_can_depend_on_the_site_is_no_bug(zygote: Zygote, make_job: MakeJob) -> None:
    failed = get_failure(await run_job(zygote, make_job("read_wrong_answer")))
    assert (failed.report.kind, failed.report.message) == ("EngineBrokenError", "Plugin trial broke (KeyError).")
    assert (failed.report.detail or "").splitlines()[-1] == "KeyError: 'file'"


def _build_inspection(tmp_path: Path, start: str) -> InspectJob:
    path = tmp_path / "fetched.bin"
    path.write_text(start)
    file = FileToInspect[None](path=path, kind="any", size_bytes=len(start))
    return InspectJob(files=(file,), inspectors=(Inspector(plugin="trial"),))


def _build_post_processing(tmp_path: Path, name: str) -> PostProcessJob:
    source, directory = tmp_path / f"{name}.bin", tmp_path / "out"
    source.write_bytes(b"x")
    directory.mkdir()
    return PostProcessJob(files=(source,), directory=directory, max_file_size_bytes=50)


async def _fail(zygote: Zygote, job: WorkerJob) -> HookFailed:
    failed = get_failure(await run_job(zygote, job))
    assert failed.report.kind == "InternalError"
    return failed


async def test_mistakes_in_an_inspection_name_the_plugin(zygote: Zygote, tmp_path: Path) -> None:
    failed = await _fail(zygote, _build_inspection(tmp_path, "wrong"))
    expected = "Plugin trial returned a value of type str from bossbot_inspect_file, which must return a FileFacts."
    assert (failed.report.message, failed.plugin) == (expected, "trial")
    failed = await _fail(zygote, _build_inspection(tmp_path, "break"))
    assert (failed.report.message, failed.plugin) == ("Plugin trial has a bug (TypeError).", "trial")
    assert (failed.report.detail or "").splitlines()[-1] == "TypeError: in the inspection"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "wrong",
            (
                "Plugin trial returned a value of type list from bossbot_post_process, which must return a "
                "PostProcessResult."
            ),
        ),
        ("break", "Plugin trial has a bug (AttributeError)."),
        ("outside", "Plugin trial returned a file outside request.directory."),
    ],
)
async def test_mistakes_in_a_post_processing_name_the_plugin(
    zygote: Zygote, tmp_path: Path, name: str, message: str
) -> None:
    assert (await _fail(zygote, _build_post_processing(tmp_path, name))).report.message == message


async def test_lines_of_every_logging_library_are_sent_with_their_level(zygote: Zygote, make_job: MakeJob) -> None:
    lines = [event for event in await run_job(zygote, make_job("log_lines")) if isinstance(event, LogLine)]
    assert {line.plugin for line in lines} == {"trial"}
    warned = next(line for line in lines if "old name" in line.message)
    assert warned.level == "WARNING"
    assert "mistakes.py" in warned.message
    assert [(line.level, line.message) for line in lines if line is not warned] == [
        ("DEBUG", "loguru debug"),
        ("INFO", "loguru success with http://lease:***@127.0.0.1:9"),
        ("ERROR", "loguru error"),
        ("INFO", "trial: logging info"),
        ("CRITICAL", "trial: logging critical"),
        ("ERROR", "loguru exception"),
        ("ERROR", "trial: logging exception"),
    ]
    logged = [line.traceback.splitlines()[-1] for line in lines if line.traceback is not None]
    assert logged == ["ValueError: invalid literal for int() with base 10: 'caught'"] * 2
