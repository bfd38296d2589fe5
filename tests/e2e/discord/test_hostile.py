"""Whatever people type and whatever a post is called: an answer, no mention, no exception, no broken card."""

import asyncio
import re
from collections.abc import AsyncIterator
from functools import partial
from urllib.parse import quote

import pytest
import pytest_asyncio

from boss_bot_sandbox.discord.events import MessageCreated, MessageEdited, RequestServed
from boss_bot_sandbox.discord.model.message import Message
from boss_bot_sandbox.site.twitter import tweet
from tests.e2e.discord.bot_driver import Sandbox, text_of
from tests.e2e.discord.conftest import OpenSandbox
from tests.e2e.discord.garbage_input import rubbish
from tests.e2e.discord.scenarios import Begun, Play, title

pytestmark = pytest.mark.asyncio(loop_scope="module")

FEW, MORE = range(50), range(50, 1000)
TYPED = ("dl", "dlt", "dlr", "dlq", "dlc", "dls", "dlh", "health", "sync")
SLASHED = {"dl": "url", "dlc": "download", "dls": "setting", "dlh": "topic"}

NASTY = "@everyone @here <@&1> **bold** `code` ||spoiler|| \u202egpj.exe\u202c [a](https://b.example) ../../etc/passwd"
PAGE = "https://media.example.com/page/{number}?title={title}&src=/throttled/150000/clip.mp4?size_bytes={size}"
HIDDEN = re.compile("[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f]")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def sandbox(open_sandbox: OpenSandbox) -> AsyncIterator[Sandbox]:
    async with open_sandbox() as sandbox:
        await sandbox.sync()
        yield sandbox


def is_harmless(message: Message, requester: int) -> bool:
    """Tell whether a message mentions nobody but its requester, and hides nothing."""
    pinged = set(message.mention_ids) - {requester}
    return not (pinged or message.mention_role_ids or message.mention_everyone or HIDDEN.search(text_of(message)))


async def typed(sandbox: Sandbox, *, command: str, numbers: range = FEW) -> None:
    """Type a command with anything behind it; each time it is answered, and never with "something broke"."""
    scene = sandbox.scene(name=command)
    for number in numbers:
        seed = f"${command} {number}"
        answer = await scene.ask(f"${command} {rubbish(seed)}")
        assert is_harmless(answer, scene.user.id), (seed, text_of(answer))
        assert "💥" not in text_of(answer), seed


async def slashed(sandbox: Sandbox, *, command: str, numbers: range = FEW) -> None:
    """Use a slash command likewise, completing what is typed first."""
    scene, option = sandbox.scene(name=command), SLASHED[command]
    for number in numbers:
        seed = f"/{command} {number}"
        text = rubbish(seed)
        if command != "dl":
            await scene.user.commands.complete(scene.channel, command, option, text[:100])
        answer = await (await scene.user.commands.slash(scene.channel, command, {option: text})).reply()
        assert is_harmless(answer, scene.user.id), (seed, text_of(answer))
        assert "💥" not in text_of(answer), seed


async def a_hostile_title_is_only_text(sandbox: Sandbox, *, case: str) -> None:
    scene = sandbox.scene()
    card = await scene.ask(f"$dl {LINKS[case]}")
    await scene.until(card, "downloading", "processing", "uploading", "completed")
    await scene.ask("$dlq")
    await scene.press(card, "Details")
    done = await scene.shows(card, "✅ Download complete!")
    assert "everyone" in text_of(done)
    await scene.channel.wait_for(lambda one: bool(one.mention_ids))
    events = [entry.event for entry in sandbox.discord.transcript]
    shown = [each.message for each in events if isinstance(each, MessageCreated | MessageEdited)]
    here = [each for each in shown if each.channel_id == scene.channel.id and each.author_id != scene.user.id]
    assert len(here) >= 5
    assert all(is_harmless(each, scene.user.id) for each in here)
    assert not any("/" in name or HIDDEN.search(name) for name in scene.files())


LINKS = {
    "X": tweet("hostile").url,
    "Reddit": "https://www.reddit.com/r/sandbox/comments/1hostile/hostile/",
    "page": PAGE.format(number=1, title=quote(NASTY), size=300_001),
    "long page": PAGE.format(number=2, title=quote(NASTY + "A" * 1000), size=300_002),
}

PLAYS: list[Play] = [
    *(partial(typed, command=command) for command in TYPED),
    *(partial(slashed, command=command) for command in SLASHED),
    *(partial(a_hostile_title_is_only_text, case=case) for case in LINKS),
]


@pytest.mark.parametrize("play", PLAYS, ids=title)
async def test_that(tasks: Begun, play: Play) -> None:
    await tasks[play]


@pytest.mark.slow
@pytest.mark.timeout(400)
async def test_so_do_all_thousand(sandbox: Sandbox) -> None:
    async with asyncio.TaskGroup() as group:
        for command in TYPED:
            group.create_task(typed(sandbox, command=command, numbers=MORE))
        for command in SLASHED:
            group.create_task(slashed(sandbox, command=command, numbers=MORE))


async def test_nothing_broke_and_discord_took_every_message(sandbox: Sandbox) -> None:
    assert ", 0 broke" in (await sandbox.of("olivia").ask("$health")).content
    served = [entry.event for entry in sandbox.discord.transcript if isinstance(entry.event, RequestServed)]
    assert {each.status for each in served} <= {200, 201, 204}, {each for each in served if each.status == 400}
