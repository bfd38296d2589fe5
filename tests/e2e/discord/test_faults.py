"""Faults of single requests: each kind of fault hits each kind of request once, and users notice nothing.

All scenarios run at once; each has its own channel, and its fault hits that channel only.
"""

from functools import partial

import attrs
import pytest

from boss_bot_sandbox.discord.events import FaultHappened
from boss_bot_sandbox.discord.faults import Effect, Fault, Limited, Reset, Status
from tests.e2e.discord.bot_driver import Chat, Sandbox, id_on, text_of
from tests.e2e.discord.scenarios import Scenario, ScenarioTasks, scenario_id

pytestmark = pytest.mark.asyncio(loop_scope="module")


@attrs.frozen
class RequestFault:
    """A fault, the number of requests that it hits, and whether they take effect although their answers are lost."""

    effect: Effect
    applied: bool = False
    count: int = 1


REQUEST_FAULTS = {
    "429": RequestFault(Limited(0.4)),
    "global 429": RequestFault(Limited(0.4, everywhere=True)),
    "502 before": RequestFault(Status(502)),
    "502 after": RequestFault(Status(502), applied=True),
    "reset before": RequestFault(Reset()),
    "reset after": RequestFault(Reset(), applied=True),
    "three resets": RequestFault(Reset(), count=3),
}
REQUESTS = {"card": ("POST", "", 0), "files": ("POST", "", 1), "ping": ("POST", "", 2), "edit": ("PATCH", "/*", 0)}
"""Method, rest of the path, and how many requests of that kind come before it."""

LINK = "https://media.example.com/files/clip.mp4?size_bytes=300000"
"""One link for all scenarios: the tested part begins after the download, and most of them reuse the stored file."""


async def a_download_is_delivered_once_despite_a_fault(sandbox: Sandbox, *, request: str, trouble: str) -> None:
    chat, ordered = sandbox.open_chat(name=request), REQUEST_FAULTS[trouble]
    method, rest, skip = REQUESTS[request]
    route = f"{method} /channels/{chat.channel.id}/messages{rest}"
    sandbox.discord.faults.plan.add(
        Fault(effect=ordered.effect, route=route, count=ordered.count, applied=ordered.applied, skip=skip)
    )
    await chat.user.say(chat.channel, f"$dl {LINK}")
    card = await chat.channel.wait_for(
        lambda one: "✅ Download complete!" in text_of(one) and bool(one.components), timeout_s=60
    )
    await chat.channel.wait_for(lambda one: bool(one.mention_ids), timeout_s=15)
    assert sandbox.bot.row(id_on(card))["status"] == "completed"
    assert count_faults(chat) == ordered.count
    posted = [text_of(one) for one in chat.posted()]
    assert chat.files() == ["clip.mp4"], posted
    assert [one.id for one in chat.cards()] == [card.id], posted
    assert [one.mention_ids for one in chat.posted() if one.mention_ids] == [(chat.user.id,)], posted


def count_faults(chat: Chat) -> int:
    """Return how many faults have hit the chat's channel."""
    faults = [each.event for each in chat.discord.transcript if isinstance(each.event, FaultHappened)]
    return sum(f"/channels/{chat.channel.id}/" in event.where for event in faults)


SCENARIOS: list[Scenario] = [
    partial(a_download_is_delivered_once_despite_a_fault, request=request, trouble=name)
    for request in REQUESTS
    for name, trouble in REQUEST_FAULTS.items()
    # The backoff of edits grows: three resets of one edit take 35 s and test nothing more than one reset does.
    if request != "edit" or trouble.count == 1
]


@pytest.mark.parametrize("scenario", SCENARIOS, ids=scenario_id)
async def test_scenario(tasks: ScenarioTasks, scenario: Scenario) -> None:
    await tasks[scenario]
