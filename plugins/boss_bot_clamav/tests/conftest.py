"""A real clamd for the tests of this plugin."""

from collections.abc import Iterator

import pytest

from tests.e2e.clamd import Clamd, start_clamd


@pytest.fixture(scope="session")
def clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clamd]:
    """A running clamd for all tests, which none of them ends."""
    # The name of a Unix socket has a hundred characters at most.
    folder = tmp_path_factory.mktemp("clamd")
    running = start_clamd(folder)
    yield running
    running.kill()
