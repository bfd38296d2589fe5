"""Fixtures to import in a conftest: a fresh, empty database for each test, of each kind that this project supports."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from boss_bot_core.testing.store.postgres import find_programs, private_server


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The folder with the socket of a private PostgreSQL server; skips where its programs are not installed."""
    programs = find_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    with private_server(programs) as folder:
        yield folder


@pytest.fixture
def postgres_url(postgres_server: str) -> str:
    """The URL of a fresh PostgreSQL database."""
    return _new_database(postgres_server)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a fresh SQLite file, then of a fresh PostgreSQL database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/queue.db"
    return _new_database(request.getfixturevalue("postgres_server"))


def _new_database(folder: str) -> str:
    psycopg = pytest.importorskip("psycopg")
    name = f"test_{uuid4().hex}"
    with psycopg.connect(host=folder, user="tests", dbname="postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return f"postgresql://tests@/{name}?host={folder}"
