"""Scenarios: tests of one module that run at the same time, because each mostly waits for the next edit of a card.

A module lists them in `SCENARIOS`, and has one test that awaits each of them.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import partial

from tests.e2e.discord.bot_driver import Sandbox

Scenario = Callable[[Sandbox], Awaitable[None]]
ScenarioTasks = Mapping[Scenario, "asyncio.Task[None]"]


@asynccontextmanager
async def start_scenarios(sandbox: Sandbox, scenarios: Sequence[Scenario]) -> AsyncIterator[ScenarioTasks]:
    """Start all scenarios, and cancel at the end of the block those that no test awaited."""

    async def perform(scenario: Scenario) -> None:
        await scenario(sandbox)

    tasks = {scenario: asyncio.create_task(perform(scenario)) for scenario in scenarios}
    try:
        yield tasks
    finally:
        for task in tasks.values():
            task.cancel()
        await asyncio.gather(*tasks.values(), return_exceptions=True)


def scenario_id(scenario: object) -> str:
    """Return the test id of a scenario: its name and its arguments."""
    if isinstance(scenario, partial):
        return "-".join([scenario_id(scenario.func), *map(str, scenario.keywords.values())])
    return str(getattr(scenario, "__name__", scenario))
