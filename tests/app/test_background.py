"""A queue that fails for a moment does not end the dispatching."""

import asyncio

import pytest

from boss_bot_core.app import background


async def test_a_dispatcher_that_fails_starts_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "RESTART_DELAY_S", 0)
    starts = 0
    again = asyncio.Event()

    async def run() -> None:
        nonlocal starts
        starts += 1
        if starts == 1:
            raise OSError("the disk was gone")
        again.set()
        await asyncio.Event().wait()

    task = asyncio.create_task(background._supervised(run))
    async with asyncio.timeout(5):
        await again.wait()
    task.cancel()
    await asyncio.wait({task})
    assert task.cancelled()
