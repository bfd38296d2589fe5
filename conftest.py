"""How tests run: all of them on all cores, some that are asked for in one process, at once; and all without haste."""

import os
import signal

import pytest
from hypothesis import HealthCheck, settings

# On a busy machine any example may take long, and that says nothing of the code. The rest stays as Hypothesis has it:
# where CI is set it tries the same examples in every run, elsewhere new ones.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

# A shell lets what it starts in the background ignore Ctrl-C, and children inherit that; some are ended that way here.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

MOST_WORKERS = 4
"""Each has a media site and a PostgreSQL server of its own: more of them cost more than they bring."""


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Return the number of test processes, 0 for none beside this one."""
    cores = len(os.sched_getaffinity(0))
    is_everything = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    return min(cores, MOST_WORKERS) if is_everything and cores > 1 else 0
