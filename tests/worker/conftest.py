"""Fixtures: a real zygote with a test plugin that is installed like a package: a folder and a dist-info folder."""

import asyncio
import contextlib
import os
import shutil
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import coverage
import pytest

from boss_bot_core.plugin.loader import installed_entry_points
from boss_bot_core.worker import Confinement, DownloadJob, Event, HookFailed, WorkerJob, Zygote, ZygoteOptions

MakeZygote = Callable[..., AbstractAsyncContextManager[Zygote]]
MakeJob = Callable[..., DownloadJob]

COVERAGE = {name: text for name, text in os.environ.items() if name.startswith("COVERAGE_")}
OTHER_PLUGINS = frozenset(point.name for point in installed_entry_points())


@pytest.fixture
def plugin_site(tmp_path: Path) -> Path:
    """A folder for PYTHONPATH with the plugin `trial`, whose download runs the operation in the link's path."""
    site = tmp_path / "site"
    info = site / "boss_bot_trial-1.0.dist-info"
    info.mkdir(parents=True)
    shutil.copytree(Path(__file__).with_name("trial_plugin"), site / "boss_bot_trial")
    (site / "boss_bot_trial" / "__init__.py").touch()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: boss-bot-trial\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[boss_bot]\ntrial = boss_bot_trial.plugin\n")
    return site


@pytest.fixture
def make_zygote(plugin_site: Path) -> MakeZygote:
    """Return a function that starts zygotes whose only plugin is `trial`."""

    @contextlib.asynccontextmanager
    async def make(**options: object) -> AsyncIterator[Zygote]:
        environment = {"PYTHONPATH": str(plugin_site), **COVERAGE}
        fields: dict[str, Any] = {"disabled": OTHER_PLUGINS, "extra_environment": environment} | options
        own = {name: fields.pop(name) for name in ("confinement", "match_timeout_s") if name in fields}
        arguments: dict[str, Any] = {"confinement": build_confinement()} | own
        async with Zygote(ZygoteOptions(**fields), **arguments) as zygote:
            await zygote.wait_until_ready()
            yield zygote

    return make


@pytest.fixture
async def zygote(make_zygote: MakeZygote) -> AsyncIterator[Zygote]:
    """A running zygote whose only plugin is `trial`."""
    async with make_zygote() as running:
        yield running


@pytest.fixture
def make_job(tmp_path: Path) -> MakeJob:
    """Return a function that builds download jobs for `trial`, each with its own folder."""

    def make(action: str, **changes: object) -> DownloadJob:
        directory = tmp_path / "jobs" / action.split("?", maxsplit=1)[0]
        directory.mkdir(parents=True, exist_ok=True)
        fields: dict[str, Any] = {
            "plugin": "trial",
            "url": f"https://trial.example/{action}",
            "media_key": f"trial:{action}",
            "directory": directory,
            "max_file_size_bytes": 10_000_000,
            "target_file_size_bytes": 10_000_000,
            "proxy_url": "http://lease:s3cret@127.0.0.1:9",
        }
        return DownloadJob(**(fields | changes))

    return make


async def run_job(zygote: Zygote, job: WorkerJob, confinement: Confinement | None = None) -> list[Event]:
    """Run a job to its end and return its events."""
    async with await zygote.spawn(job, confinement or build_confinement()) as worker:
        return [event async for event in worker.read_events()]


def get_failure(events: list[Event]) -> HookFailed:
    """Return the last event, which must be a failure."""
    assert isinstance(events[-1], HookFailed), events[-1]
    return events[-1]


def build_confinement(**choices: object) -> Confinement:
    """Build a confinement with these choices; when coverage is measured, workers may write their data file."""
    measuring = coverage.Coverage.current()
    writable = () if measuring is None else (Path(str(measuring.get_option("run:data_file"))).absolute().parent,)
    fields: dict[str, Any] = {"max_file_bytes": 10_000_000, "writable": writable, **choices}
    return Confinement(**fields)


def is_alive(pid: int) -> bool:
    """Tell whether a process runs; a zombie does not."""
    return read_process_state(pid) not in {"", "Z"}


def read_process_state(pid: int) -> str:
    """Return the letter of a process's state; an empty text if the process does not exist."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return ""


def list_children(pid: int) -> list[int]:
    """Return the pids of a single-threaded process's children."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


async def wait_until_dead(pids: list[int]) -> None:
    """Wait until none of these processes runs; fail after 20 seconds, long before the 60 seconds that they sleep."""
    deadline = time.monotonic() + 20
    while alive := [pid for pid in pids if is_alive(pid)]:
        assert time.monotonic() < deadline, alive
        await asyncio.sleep(0.01)
