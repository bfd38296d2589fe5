"""Tests for cancelled tasks: a change of files completes before its task ends, so that the next change can start."""

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
    """A function that waits until the test opens the gate."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function
        self.reached = threading.Event()
        self.open = threading.Event()
        self.is_done = False

    def __call__(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - any arguments of the function
        self.reached.set()
        self.open.wait(30)
        try:
            return self._function(*args, **kwargs)
        finally:
            self.is_done = True


@pytest.mark.parametrize(("name", "change"), [("store_files", 0), ("add_history_entry", 1), ("remove_tree", 2)])
async def test_a_started_change_completes_after_a_cancellation(
    storage: Storage,
    item: DownloadItem,
    build_verified: BuildVerified,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    change: int,
) -> None:
    download = build_verified(b"meow")
    await storage.store(download)
    changes: tuple[Change, ...] = (
        lambda: storage.store(download),
        lambda: storage.add_history(item, HistoryEntry(at=utc_now(), action="delivered")),
        lambda: storage.discard_temp(item.id),
    )
    gate = Gate(getattr(storage_module, name))
    monkeypatch.setattr(storage_module, name, gate)
    task = asyncio.ensure_future(changes[change]())
    await asyncio.to_thread(gate.reached.wait, 30)
    for _ in range(2):
        task.cancel()
        await asyncio.sleep(0.01)
    was_task_done = task.done()
    gate.open.set()
    await asyncio.wait([task])
    assert not was_task_done
    assert gate.is_done
    assert task.cancelled()
