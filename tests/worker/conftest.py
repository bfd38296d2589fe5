"""A real zygote with a plugin of the tests' own, installed as pip would leave it: a module and a dist-info folder."""

import contextlib
import os
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from importlib import metadata
from pathlib import Path

import pytest

from boss_bot_core.worker import Confinement, DownloadJob, Event, JobBroke, Zygote

TRIAL = Path(__file__).with_name("trial_plugin.py")

MakeZygote = Callable[..., AbstractAsyncContextManager[Zygote]]
MakeJob = Callable[..., DownloadJob]


@pytest.fixture
def plugin_site(tmp_path: Path) -> Path:
    """A folder for PYTHONPATH with the plugin `trial`, whose download does what the link's path says."""
    site = tmp_path / "site"
    info = site / "boss_bot_trial-1.0.dist-info"
    info.mkdir(parents=True)
    (site / "boss_bot_trial.py").write_text(TRIAL.read_text())
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: boss-bot-trial\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[boss_bot]\ntrial = boss_bot_trial\n")
    return site


@pytest.fixture
def make_zygote(plugin_site: Path) -> MakeZygote:
    """Return zygotes that know only the plugin `trial`."""
    others = frozenset(point.name for point in metadata.entry_points(group="boss_bot"))
    coverage = {name: text for name, text in os.environ.items() if name.startswith("COVERAGE_")}

    @contextlib.asynccontextmanager
    async def make(**options: object) -> AsyncIterator[Zygote]:
        environment = {"PYTHONPATH": str(plugin_site), **coverage}
        async with Zygote(disabled=others, extra_environment=environment, **options) as zygote:  # type: ignore[arg-type]
            yield zygote

    return make


@pytest.fixture
async def zygote(make_zygote: MakeZygote) -> AsyncIterator[Zygote]:
    """One such zygote."""
    async with make_zygote() as running:
        yield running


@pytest.fixture
def make_job(tmp_path: Path) -> MakeJob:
    """Return download jobs for `trial`, each with a folder of its own."""

    def make(action: str, **changes: object) -> DownloadJob:
        directory = tmp_path / "jobs" / action
        directory.mkdir(parents=True, exist_ok=True)
        fields: dict[str, object] = {
            "plugin": "trial",
            "url": f"https://trial.example/{action}",
            "media_key": f"trial:{action}",
            "directory": directory,
            "max_file_size_bytes": 10_000_000,
            "target_file_size_bytes": 10_000_000,
            "proxy_url": "http://lease:s3cret@127.0.0.1:9",
        }
        return DownloadJob(**(fields | changes))  # type: ignore[arg-type]

    return make


async def run(zygote: Zygote, job: DownloadJob, confinement: Confinement | None = None) -> list[Event]:
    """Run a job to its end and return everything it told."""
    async with await zygote.spawn(job, confinement) as worker:
        return [event async for event in worker.events()]


def failure(events: list[Event]) -> JobBroke:
    """Return the last event, which must be a failure."""
    assert isinstance(events[-1], JobBroke), events[-1]
    return events[-1]
