"""How tests are spread over cores: all of them are; some that are asked for run in one process, and start at once."""

import os

import pytest

MOST_WORKERS = 4
"""Each has a media site and a PostgreSQL server of its own: more of them cost more than they bring."""


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Return the number of test processes, 0 for none beside this one."""
    cores = len(os.sched_getaffinity(0))
    is_everything = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    return min(cores, MOST_WORKERS) if is_everything and cores > 1 else 0
