"""A wait for a download ends when the display or the database fails; otherwise the command would hang."""

import asyncio
import io
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from boss_bot_core.app.app import App, open_app
from boss_bot_core.app.disk import LOCK_NAME
from boss_bot_core.cli.get.progress import PlainProgress
from boss_bot_core.cli.get.waiter import DownloadWaiter
from boss_bot_core.database import DatabaseError
from boss_bot_core.domain.events import JobEvent, JobStatusChanged
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.queue.dispatcher_lock import DispatcherLock
from boss_bot_core.settings import load
from boss_bot_core.testing.store.base import build_new_download

TIMEOUT_S = 10


class BreakableDisplay(PlainProgress):
    """Prints nothing; with `is_broken`, it raises the error of a closed terminal."""

    is_broken = False

    def __init__(self) -> None:
        super().__init__(io.StringIO())
        self.has_shown = asyncio.Event()

    def show(self, event: JobEvent) -> None:
        if self.is_broken:
            raise BrokenPipeError
        super().show(event)
        self.has_shown.set()

    async def wait_until_shown(self, app: App, item: DownloadItem) -> None:
        """Publish events until one is shown: the wait has begun."""
        async with asyncio.timeout(TIMEOUT_S):
            while not self.has_shown.is_set():
                app.bus.publish(JobStatusChanged(item=item))
                await asyncio.sleep(0.01)


@pytest_asyncio.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    """Return an app that finds the dispatcher lock taken, as if another process dispatched."""
    settings = load({"data_dir": str(tmp_path / "data")}, environ={})
    with DispatcherLock(tmp_path / "data" / ".locks" / LOCK_NAME):
        async with open_app(settings) as app, app.dispatch():
            yield app


async def test_a_closed_terminal_ends_the_wait(app: App) -> None:
    display = BreakableDisplay()
    item = await app.services.queue.submit(build_new_download())
    async with DownloadWaiter(app, display, TIMEOUT_S) as waiter:
        wait = asyncio.create_task(waiter.wait_until_finished(item))
        await display.wait_until_shown(app, item)
        display.is_broken = True
        app.bus.publish(JobStatusChanged(item=item))
        with pytest.raises(BrokenPipeError):
            await asyncio.wait_for(wait, TIMEOUT_S)


async def test_a_database_failure_ends_the_wait(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(*_: object) -> None:
        raise DatabaseError("The database is locked.")

    item = await app.services.queue.submit(build_new_download())
    display = BreakableDisplay()
    async with DownloadWaiter(app, display, TIMEOUT_S) as waiter:
        wait = asyncio.create_task(waiter.wait_until_finished(item))
        await display.wait_until_shown(app, item)
        monkeypatch.setattr(app.services.queue.reader, "get", fail)
        app.services.notifier.notify()
        with pytest.raises(DatabaseError):
            await asyncio.wait_for(wait, TIMEOUT_S)
