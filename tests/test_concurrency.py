"""A cancellation that the work swallows."""

import asyncio

import pytest

from boss_bot_core.concurrency import run_cancellable


async def test_a_swallowed_cancellation_is_repeated() -> None:
    """A bot that was told to stop in the moment in which it connected stayed connected."""
    swallowed = []

    async def connect_and_stay() -> None:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            swallowed.append(True)
        await asyncio.sleep(60)

    task = asyncio.create_task(run_cancellable(connect_and_stay(), repeat_s=0.01))
    await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(task, 30)
    assert swallowed == [True]


async def test_results_and_errors_are_passed_on() -> None:
    async def divide(by: int) -> float:
        return 1 / by

    assert await run_cancellable(divide(2)) == 0.5
    with pytest.raises(ZeroDivisionError):
        await run_cancellable(divide(0))
