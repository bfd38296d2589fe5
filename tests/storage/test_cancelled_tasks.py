"""A task that is cancelled while it changes files ends when they are changed, not before: the next may begin then."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from boss_bot_core.domain.clock import utc_now
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.storage import HistoryEntry, Storage
from boss_bot_core.storage import storage as storage_module
from tests.storage.conftest import BuildVerified

Change = Callable[[], Awaitable[object]]


class Gate:
    """Work that begins when it is let."""

    def __init__(self, work: Callable[..., Any]) -> None:
        self._work = work
        self.reached = threading.Event()
        self.open = threading.Event()
        self.is_done = False

    def __call__(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - whatever the work takes
        self.reached.set()
        self.open.wait(30)
        try:
            return self._work(*args, **kwargs)
        finally:
            self.is_done = True


@pytest.mark.parametrize(("work", "change"), [("store_files", 0), ("add_history_entry", 1), ("remove_tree", 2)])
async def test_a_change_that_began_is_made(
    storage: Storage,
    item: DownloadItem,
    build_verified: BuildVerified,
    monkeypatch: pytest.MonkeyPatch,
    work: str,
    change: int,
) -> None:
    download = build_verified(b"meow")
    await storage.store(download)
    changes: tuple[Change, ...] = (
        lambda: storage.store(download),
        lambda: storage.add_history(item, HistoryEntry(at=utc_now(), action="delivered")),
        lambda: storage.discard_temp(item.id),
    )
    gate = Gate(getattr(storage_module, work))
    monkeypatch.setattr(storage_module, work, gate)
    task = asyncio.ensure_future(changes[change]())
    await asyncio.to_thread(gate.reached.wait, 30)
    for _ in range(2):
        task.cancel()
        await asyncio.sleep(0.01)
    was_done = task.done()
    gate.open.set()
    await asyncio.wait([task])
    assert not was_done
    assert gate.is_done
    assert task.cancelled()
