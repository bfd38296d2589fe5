"""Tests of a worker's environment: its job's folder, no secrets, no inherited descriptors."""

import json
from pathlib import Path
from typing import Any

import pytest

from boss_bot_core.plugin.declared_settings import PackedSettings
from boss_bot_core.worker import DownloadFinished, DownloadJob, LogLine, Zygote
from tests.worker.conftest import MakeJob, MakeZygote, build_confinement, run_job

TOKEN = "MTk4NjIyNDgzNDcxOTI1MjQ4.token"


async def _describe_environment(zygote: Zygote, job: DownloadJob) -> tuple[dict[str, Any], list[LogLine]]:
    # Without Landlock, which would keep the operation from reading its own process's files.
    events = await run_job(zygote, job, build_confinement(landlock=False))
    assert isinstance(events[-1], DownloadFinished), events
    text = events[-1].result.media.text
    assert text is not None
    return json.loads(text), [event for event in events if isinstance(event, LogLine)]


def _read_visible_data(pid: int) -> bytes:
    return Path(f"/proc/{pid}/environ").read_bytes() + Path(f"/proc/{pid}/cmdline").read_bytes()


async def test_a_worker_uses_the_folder_of_its_job_as_home_and_temporary_folder(
    zygote: Zygote, make_job: MakeJob
) -> None:
    job = make_job("describe_environment")
    found, _ = await _describe_environment(zygote, job)
    scratch = str(job.directory / ".scratch")
    assert found["cwd"] == str(job.directory)
    assert {found["home"], found["tmp"], found["environ"]["XDG_CACHE_HOME"]} == {scratch}
    assert found["group"] == found["session"] == found["pid"]
    assert found["oom_score_adj"] == "1000"


async def test_a_worker_inherits_no_file_descriptor_but_its_socket(zygote: Zygote, make_job: MakeJob) -> None:
    found, _ = await _describe_environment(zygote, make_job("describe_environment"))
    # The fifth descriptor is the folder that the operation is listing.
    assert found["descriptors"] == [0, 1, 2, 3, 4]


async def test_workers_have_different_random_numbers(zygote: Zygote, make_job: MakeJob) -> None:
    numbers = [(await _describe_environment(zygote, make_job("describe_environment")))[0]["random"] for _ in range(2)]
    assert numbers[0] != numbers[1]


async def test_the_environment_of_a_worker_contains_no_secret(
    make_zygote: MakeZygote, make_job: MakeJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOSS_BOT_TOKEN", TOKEN)
    job = make_job("report_slowly")
    async with make_zygote() as zygote, await zygote.spawn(job) as worker:
        assert zygote.pid is not None
        shown = [_read_visible_data(pid) for pid in (zygote.pid, worker.pid)]
    assert TOKEN.encode() not in b"".join(shown)
    assert b"s3cret" not in b"".join(shown)


async def test_output_of_an_engine_is_reported_without_the_credential_of_the_proxy(
    zygote: Zygote, make_job: MakeJob
) -> None:
    _, lines = await _describe_environment(zygote, make_job("describe_environment"))
    assert [line.level for line in lines] == ["INFO", "WARNING"]
    assert lines[0].message.startswith("printed with ")
    assert lines[1].message.startswith("engine: logged with ")
    assert "s3cret" not in str(lines)


async def test_a_plugin_gets_its_settings_and_their_secrets_are_in_no_event_and_no_environment(
    zygote: Zygote, make_job: MakeJob
) -> None:
    values = json.dumps({"api_key": "k3y-of-the-site", "pages": 7})
    settings = PackedSettings(values=values, secrets=("k3y-of-the-site",))
    events = await run_job(zygote, make_job("use_settings", settings=settings))
    assert isinstance(events[-1], DownloadFinished), events
    assert events[-1].result.media.text == "TrialSettings(api_key=Secret('***'), pages=7) ***"
    assert [event.message for event in events if isinstance(event, LogLine)] == ["the key is ***"]
    async with await zygote.spawn(make_job("report_slowly", settings=settings)) as worker:
        assert b"k3y-of-the-site" not in _read_visible_data(worker.pid)


async def test_without_a_message_the_settings_are_the_default_ones(zygote: Zygote, make_job: MakeJob) -> None:
    events = await run_job(zygote, make_job("use_settings"))
    assert isinstance(events[-1], DownloadFinished), events
    assert events[-1].result.media.text == "TrialSettings(api_key=None, pages=3) False"
