"""What Discord may do to one request: each fault hits each kind of request once, and nobody notices but the log.

All scenes go on at once; each has a channel of its own, and its fault hits that channel only.
"""

import asyncio
from collections.abc import AsyncIterator

import attrs
import pytest
import pytest_asyncio

from boss_bot_sandbox.discord.events import FaultHappened
from boss_bot_sandbox.discord.faults import Effect, Fault, Limited, Reset, Status
from boss_bot_sandbox.discord.model.message import Message
from tests.e2e.discord.conftest import OpenSandbox
from tests.e2e.discord.scenes import Sandbox, Scene, id_on, text_of

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.xdist_group("discord-faults")]


@attrs.frozen
class Trouble:
    """A fault, and whether the request takes effect although its answer is lost."""

    effect: Effect
    applied: bool = False
    count: int = 1


TROUBLES = {
    "429": Trouble(Limited(0.4)),
    "global 429": Trouble(Limited(0.4, everywhere=True)),
    "502 before": Trouble(Status(502)),
    "502 after": Trouble(Status(502), applied=True),
    "reset before": Trouble(Reset()),
    "reset after": Trouble(Reset(), applied=True),
    "three resets": Trouble(Reset(), count=3),
}
REQUESTS = {"card": ("POST", "", 0), "files": ("POST", "", 1), "ping": ("POST", "", 2), "edit": ("PATCH", "/*", 0)}
"""Method, rest of the path, and how many requests of that kind come before it."""

# An edit is put off longer each time: three resets of one take 35 s, and show nothing that one does not.
CASES = [
    (request, name) for request in REQUESTS for name, each in TROUBLES.items() if request != "edit" or each.count == 1
]


@attrs.frozen
class Ended:
    """A scene after its download has ended."""

    scene: Scene
    card: Message
    status: str
    faults: int


async def play(sandbox: Sandbox, link: str, request: str, trouble: Trouble) -> Ended:
    """Ask for a download whose requests meet the trouble, and wait until its card says how it ended."""
    scene = sandbox.scene(name=request)
    method, rest, skip = REQUESTS[request]
    route = f"{method} /channels/{scene.channel.id}/messages{rest}"
    sandbox.discord.faults.plan.add(
        Fault(effect=trouble.effect, route=route, count=trouble.count, applied=trouble.applied, skip=skip)
    )
    await scene.user.say(scene.channel, f"$dl {link}")
    card = await scene.channel.wait_for(lambda one: "Download complete! · media" in text_of(one), timeout_s=60)
    await scene.channel.wait_for(lambda one: bool(one.mention_ids), timeout_s=15)
    happened = [each.event for each in sandbox.discord.transcript if isinstance(each.event, FaultHappened)]
    faults = sum(f"/channels/{scene.channel.id}/" in event.where for event in happened)
    return Ended(scene, card, sandbox.bot.row(id_on(card))["status"], faults)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def plays(open_sandbox: OpenSandbox) -> AsyncIterator[dict[tuple[str, str], "asyncio.Task[Ended]"]]:
    async with open_sandbox(MAX_CONCURRENT_DOWNLOADS=str(len(CASES))) as sandbox:
        link = sandbox.video(0)
        # The others get it from storage: what is tested here begins when the files are there.
        first = sandbox.scene()
        await first.until(await first.ask(f"$dl {link}"), "completed")
        tasks = {
            (request, trouble): asyncio.create_task(play(sandbox, link, request, TROUBLES[trouble]))
            for request, trouble in CASES
        }
        await asyncio.wait(tasks.values())
        yield tasks


@pytest.mark.parametrize(("request_", "trouble"), CASES)
async def test_it_ends_delivered_and_nothing_is_posted_twice(
    plays: dict[tuple[str, str], "asyncio.Task[Ended]"], request_: str, trouble: str
) -> None:
    ended = await plays[request_, trouble]
    assert ended.status == "completed"
    assert ended.faults == TROUBLES[trouble].count
    posted = [text_of(one) for one in ended.scene.posted()]
    assert ended.scene.files() == ["clip.mp4"], posted
    assert [one.id for one in ended.scene.cards()] == [ended.card.id], posted
    pings = [one for one in ended.scene.posted() if one.mention_ids]
    assert [one.mention_ids for one in pings] == [(ended.scene.user.id,)], posted
