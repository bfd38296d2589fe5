"""One dispatcher on a database that several machines share; SQLite's file has the data folder's lock for that."""

import asyncio

import pytest

from boss_bot_core.app.app import open_app
from boss_bot_core.database import Database, DatabaseUnreachableError, leader_lock
from boss_bot_core.queue import DispatcherRunningError
from boss_bot_core.settings import load


async def test_only_one_is_elected_and_the_next_when_it_has_left(postgres_url: str) -> None:
    async with Database.open(postgres_url) as first, Database.open(postgres_url) as second:
        for here, there in ((first, second), (second, first)):
            async with here.hold_leader_lock() as is_won, there.hold_leader_lock() as is_won_too:
                assert (is_won, is_won_too) == (True, False)


async def test_the_right_ends_with_an_error_too(postgres_url: str) -> None:
    async with Database.open(postgres_url) as first, Database.open(postgres_url) as second:
        with pytest.raises(ZeroDivisionError):
            async with first.hold_leader_lock():
                raise ZeroDivisionError
        async with second.hold_leader_lock() as is_won:
            assert is_won


async def test_a_second_bot_with_a_folder_of_its_own_is_told(
    postgres_url: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    one, other = (
        load({"data_dir": str(tmp_path_factory.mktemp(name)), "database_url": postgres_url}, environ={})
        for name in ("one", "other")
    )
    async with open_app(one, must_dispatch=True):
        with pytest.raises(DispatcherRunningError, match="works on this database"):
            async with open_app(other, must_dispatch=True):
                pass
        async with open_app(other) as beside:
            assert beside.engine is None
    async with open_app(other, must_dispatch=True) as app:
        assert app.engine is not None


async def test_whoever_loses_the_connection_with_the_right_is_ended(
    postgres_url: str, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A restarted server gives the right to whoever asks first: two bots would run the same downloads."""
    monkeypatch.setattr(leader_lock, "CHECK_INTERVAL_S", 0.05)
    settings = load({"data_dir": str(tmp_path_factory.mktemp("one")), "database_url": postgres_url}, environ={})

    async def dispatch_until_cut() -> None:
        async with open_app(settings, must_dispatch=True):
            _cut_connections(postgres_url)
            await asyncio.sleep(30)

    with pytest.raises(DatabaseUnreachableError, match="start me again"):
        await dispatch_until_cut()
    task = asyncio.current_task()
    assert task is not None
    assert not task.cancelling()
    async with open_app(settings, must_dispatch=True) as app:
        assert app.engine is not None


def _cut_connections(url: str) -> None:
    psycopg = pytest.importorskip("psycopg")
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> %s"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(others, [connection.info.backend_pid])
