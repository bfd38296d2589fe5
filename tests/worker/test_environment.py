"""What a worker finds around it: its own folder, no secrets, nobody else's descriptors."""

import json
from pathlib import Path
from typing import Any

import pytest

from boss_bot_core.worker import DownloadFinished, DownloadJob, LogLine, Zygote
from tests.worker.conftest import MakeJob, MakeZygote, confined_by, run

TOKEN = "MTk4NjIyNDgzNDcxOTI1MjQ4.token"


async def _look(zygote: Zygote, job: DownloadJob) -> tuple[dict[str, Any], list[LogLine]]:
    # Without walls, so that it can look at all.
    events = await run(zygote, job, confined_by(landlock=False))
    assert isinstance(events[-1], DownloadFinished), events
    text = events[-1].result.media.text
    assert text is not None
    return json.loads(text), [event for event in events if isinstance(event, LogLine)]


def _shown(pid: int) -> bytes:
    return Path(f"/proc/{pid}/environ").read_bytes() + Path(f"/proc/{pid}/cmdline").read_bytes()


async def test_a_worker_lives_in_its_jobs_folder(zygote: Zygote, make_job: MakeJob) -> None:
    job = make_job("surroundings")
    found, _ = await _look(zygote, job)
    scratch = str(job.directory / ".scratch")
    assert found["cwd"] == str(job.directory)
    assert {found["home"], found["tmp"], found["environ"]["XDG_CACHE_HOME"]} == {scratch}
    assert found["group"] == found["session"] == found["pid"]
    assert found["oom_score_adj"] == "1000"


async def test_a_worker_inherits_no_descriptor_but_its_own(zygote: Zygote, make_job: MakeJob) -> None:
    found, _ = await _look(zygote, make_job("surroundings"))
    # The fifth is the folder that it is just listing.
    assert found["descriptors"] == [0, 1, 2, 3, 4]


async def test_workers_draw_different_numbers(zygote: Zygote, make_job: MakeJob) -> None:
    numbers = [(await _look(zygote, make_job("surroundings")))[0]["random"] for _ in range(2)]
    assert numbers[0] != numbers[1]


async def test_no_secret_is_in_a_workers_environment(
    make_zygote: MakeZygote, make_job: MakeJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOSS_BOT_TOKEN", TOKEN)
    job = make_job("tick")
    async with make_zygote() as zygote, await zygote.spawn(job) as worker:
        assert zygote.pid is not None
        shown = [_shown(pid) for pid in (zygote.pid, worker.pid)]
    assert TOKEN.encode() not in b"".join(shown)
    assert b"s3cret" not in b"".join(shown)


async def test_what_an_engine_prints_and_logs_is_told_without_the_proxys_credential(
    zygote: Zygote, make_job: MakeJob
) -> None:
    _, lines = await _look(zygote, make_job("surroundings"))
    assert [line.level for line in lines] == ["INFO", "WARNING"]
    assert lines[0].message.startswith("printed with ")
    assert lines[1].message.startswith("engine: logged with ")
    assert "s3cret" not in str(lines)
