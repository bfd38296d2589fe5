"""The leader lock: one dispatcher on a database that several machines share; for SQLite, the data folder has a lock."""

import asyncio

import pytest

from boss_bot_core.app.app import open_app
from boss_bot_core.database import Database, DatabaseUnreachableError, leader_lock
from boss_bot_core.queue import DispatcherRunningError
from boss_bot_core.settings import load


async def test_one_connection_holds_the_lock_until_it_releases_it(postgres_url: str) -> None:
    async with Database.open(postgres_url) as first, Database.open(postgres_url) as second:
        for one, other in ((first, second), (second, first)):
            async with one.hold_leader_lock() as is_leader, other.hold_leader_lock() as is_second_leader:
                assert (is_leader, is_second_leader) == (True, False)


async def test_an_error_in_the_block_releases_the_lock(postgres_url: str) -> None:
    async with Database.open(postgres_url) as first, Database.open(postgres_url) as second:
        with pytest.raises(ZeroDivisionError):
            async with first.hold_leader_lock():
                raise ZeroDivisionError
        async with second.hold_leader_lock() as is_leader:
            assert is_leader


async def test_a_second_bot_with_another_data_folder_is_refused(
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
        async with open_app(other) as follower:
            assert (follower.engine, follower.is_elsewhere) == (None, True)
    async with open_app(other, must_dispatch=True) as app:
        assert app.engine is not None


async def test_a_bot_that_loses_the_connection_of_its_lock_stops(
    postgres_url: str, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A restarted server grants the lock to the first bot that asks, and two bots would run the same downloads."""
    monkeypatch.setattr(leader_lock, "CHECK_INTERVAL_S", 0.05)
    settings = load({"data_dir": str(tmp_path_factory.mktemp("one")), "database_url": postgres_url}, environ={})

    async def dispatch_until_disconnected() -> None:
        async with open_app(settings, must_dispatch=True):
            _terminate_connections(postgres_url)
            await asyncio.sleep(30)

    with pytest.raises(DatabaseUnreachableError, match="start me again"):
        await dispatch_until_disconnected()
    task = asyncio.current_task()
    assert task is not None
    assert not task.cancelling()
    async with open_app(settings, must_dispatch=True) as app:
        assert app.engine is not None


def _terminate_connections(url: str) -> None:
    psycopg = pytest.importorskip("psycopg")
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> %s"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(others, [connection.info.backend_pid])
