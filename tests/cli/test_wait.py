"""Waiting for a download ends also when what shows or follows it breaks: nobody sits at a prompt for ever."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from rich.console import Console

from boss_bot_core.app import App, open_app
from boss_bot_core.app.background import LOCK_NAME
from boss_bot_core.cli.get.progress import PlainProgress
from boss_bot_core.cli.get.wait import ItemWait
from boss_bot_core.database import DatabaseError
from boss_bot_core.domain.events import JobEvent, JobStatusChanged
from boss_bot_core.queue.dispatcher_lock import DispatcherLock
from boss_bot_core.settings import load
from boss_bot_core.testing.store.base import make_download

WITHIN_S = 10


class View(PlainProgress):
    """Shows nothing; breaks as a closed terminal does, once it is told to."""

    is_broken = False

    def __init__(self) -> None:
        super().__init__(Console(quiet=True))

    def show(self, event: JobEvent) -> None:
        if self.is_broken:
            raise BrokenPipeError
        super().show(event)


@pytest_asyncio.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    """An app beside another process that dispatches, as far as it can see."""
    settings = load({"data_dir": str(tmp_path / "data")}, environ={})
    with DispatcherLock(tmp_path / "data" / ".locks" / LOCK_NAME):
        async with open_app(settings) as app, app.dispatch():
            yield app


async def test_a_terminal_that_is_gone_ends_the_waiting(app: App) -> None:
    view = View()
    item = await app.services.queue.submit(make_download())
    async with ItemWait(app, view) as waiting:
        end = asyncio.create_task(waiting.until_finished(item))
        await asyncio.sleep(0.1)
        view.is_broken = True
        app.bus.publish(JobStatusChanged(item=item))
        with pytest.raises(BrokenPipeError):
            await asyncio.wait_for(end, WITHIN_S)


async def test_a_database_that_fails_ends_the_waiting(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(*_: object) -> None:
        raise DatabaseError("The database is locked.")

    item = await app.services.queue.submit(make_download())
    async with ItemWait(app, View()) as waiting:
        end = asyncio.create_task(waiting.until_finished(item))
        await asyncio.sleep(0.1)
        monkeypatch.setattr(app.services.queue.reader, "get", fail)
        app.services.notifier.notify()
        with pytest.raises(DatabaseError):
            await asyncio.wait_for(end, WITHIN_S)
