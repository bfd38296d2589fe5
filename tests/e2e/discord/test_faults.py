"""What Discord may do to one request: each fault hits each kind of request once, and nobody notices but the log.

All scenes go on at once; each has a channel of its own, and its fault hits that channel only.
"""

from functools import partial

import attrs
import pytest

from boss_bot_sandbox.discord.events import FaultHappened
from boss_bot_sandbox.discord.faults import Effect, Fault, Limited, Reset, Status
from tests.e2e.discord.bot_driver import Sandbox, Scene, id_on, text_of
from tests.e2e.discord.scenarios import Begun, Play, title

pytestmark = pytest.mark.asyncio(loop_scope="module")


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

LINK = "https://media.example.com/files/clip.mp4?size_bytes=300000"
"""One for all: what is tested begins when the files are there, and most plays get them from storage."""


async def it_ends_delivered_and_nothing_is_posted_twice(sandbox: Sandbox, *, request: str, trouble: str) -> None:
    scene, ordered = sandbox.scene(name=request), TROUBLES[trouble]
    method, rest, skip = REQUESTS[request]
    route = f"{method} /channels/{scene.channel.id}/messages{rest}"
    sandbox.discord.faults.plan.add(
        Fault(effect=ordered.effect, route=route, count=ordered.count, applied=ordered.applied, skip=skip)
    )
    await scene.user.say(scene.channel, f"$dl {LINK}")
    card = await scene.channel.wait_for(
        lambda one: "✅ Download complete!" in text_of(one) and bool(one.components), timeout_s=60
    )
    await scene.channel.wait_for(lambda one: bool(one.mention_ids), timeout_s=15)
    assert sandbox.bot.row(id_on(card))["status"] == "completed"
    assert happened(scene) == ordered.count
    posted = [text_of(one) for one in scene.posted()]
    assert scene.files() == ["clip.mp4"], posted
    assert [one.id for one in scene.cards()] == [card.id], posted
    assert [one.mention_ids for one in scene.posted() if one.mention_ids] == [(scene.user.id,)], posted


def happened(scene: Scene) -> int:
    """Return how many faults the scene's channel has met."""
    faults = [each.event for each in scene.discord.transcript if isinstance(each.event, FaultHappened)]
    return sum(f"/channels/{scene.channel.id}/" in event.where for event in faults)


PLAYS: list[Play] = [
    partial(it_ends_delivered_and_nothing_is_posted_twice, request=request, trouble=name)
    for request in REQUESTS
    for name, trouble in TROUBLES.items()
    # An edit is put off longer each time: three resets of one take 35 s, and show nothing that one does not.
    if request != "edit" or trouble.count == 1
]


@pytest.mark.parametrize("play", PLAYS, ids=title)
async def test_that(tasks: Begun, play: Play) -> None:
    await tasks[play]
