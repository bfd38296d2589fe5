"""Pytest settings for every test: Hypothesis without deadlines, and several processes for a run of the whole suite."""

import compileall
import os
import signal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# On a busy machine any example may be slow, which is no defect of the code. Hypothesis keeps its other defaults: where
# CI is set, every run tries the same examples, except the slow properties (tests/properties.py); elsewhere, each run
# tries new ones.
settings.register_profile("no-deadline", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("no-deadline")

# A shell makes its background processes ignore SIGINT, and nohup makes them ignore SIGHUP; children inherit that, and
# some tests end their children with these signals.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
    signal.signal(signal.SIGHUP, signal.SIG_DFL)

MAX_PROCESSES = 4
"""Each process has its own media site and PostgreSQL server, so more processes would slow the run down."""

QUICK_FOLDERS = {"access", "chat_settings", "delivery", "domain", "log", "operations", "routing", "settings"}
"""Folders below `tests` whose tests start no process."""


def pytest_configure(config: pytest.Config) -> None:
    """Compile the sources once: where PYTHONDONTWRITEBYTECODE is set, each child process would compile them again."""
    if not hasattr(config, "workerinput"):
        for folder in (config.rootpath / "boss_bot_core", *config.rootpath.glob("plugins/*/src")):
            compileall.compile_dir(folder, quiet=2)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the quick files last, so that no long one runs alone at the end; pytest-xdist keeps this order."""
    folders = {config.rootpath / "tests" / name for name in QUICK_FOLDERS}
    items.sort(key=lambda item: item.path.parent in folders)


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Return the number of test processes; 0 runs the tests in this process, for selected tests or on a single core."""
    cores = len(os.sched_getaffinity(0))
    is_everything = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    # One more than the cores: many tests wait for other processes and for timers.
    return min(cores + 1, MAX_PROCESSES) if is_everything and cores > 1 else 0


@pytest.fixture(scope="session")
def site_directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder where all media sites of a run keep their files, so that each file is made once."""
    folder = tmp_path_factory.getbasetemp()
    return (folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder) / "media-site"
