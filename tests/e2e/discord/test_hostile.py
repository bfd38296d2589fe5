"""Hostile input and hostile titles: every command is answered, without a mention, an exception or a broken card."""

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
from tests.e2e.discord.garbage_input import random_text
from tests.e2e.discord.scenarios import Scenario, ScenarioTasks, scenario_id

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
    """Return whether a message mentions at most its requester and has no hidden characters."""
    pinged = set(message.mention_ids) - {requester}
    return not (pinged or message.mention_role_ids or message.mention_everyone or HIDDEN.search(text_of(message)))


async def send_typed_garbage(sandbox: Sandbox, *, command: str, numbers: range = FEW) -> None:
    """Send a typed command with random arguments, and check that no answer reports a bug."""
    chat = sandbox.open_chat(name=command)
    for number in numbers:
        seed = f"${command} {number}"
        answer = await chat.ask(f"${command} {random_text(seed)}")
        assert is_harmless(answer, chat.user.id), (seed, text_of(answer))
        assert "💥" not in text_of(answer), seed


async def send_slash_garbage(sandbox: Sandbox, *, command: str, numbers: range = FEW) -> None:
    """Use a slash command and its autocompletion with random text, and check that no answer reports a bug."""
    chat, option = sandbox.open_chat(name=command), SLASHED[command]
    for number in numbers:
        seed = f"/{command} {number}"
        text = random_text(seed)
        if command != "dl":
            await chat.user.commands.complete(chat.channel, command, option, text[:100])
        answer = await (await chat.user.commands.slash(chat.channel, command, {option: text})).reply()
        assert is_harmless(answer, chat.user.id), (seed, text_of(answer))
        assert "💥" not in text_of(answer), seed


async def a_hostile_title_stays_plain_text(sandbox: Sandbox, *, case: str) -> None:
    chat = sandbox.open_chat()
    card = await chat.ask(f"$dl {LINKS[case]}")
    await chat.wait_for_status(card, "downloading", "processing", "uploading", "completed")
    await chat.ask("$dlq")
    await chat.press(card, "Details")
    done = await chat.shows(card, "✅ Download complete!")
    assert "everyone" in text_of(done)
    await chat.channel.wait_for(lambda one: bool(one.mention_ids))
    events = [entry.event for entry in sandbox.discord.transcript]
    shown = [each.message for each in events if isinstance(each, MessageCreated | MessageEdited)]
    here = [each for each in shown if each.channel_id == chat.channel.id and each.author_id != chat.user.id]
    assert len(here) >= 5
    assert all(is_harmless(each, chat.user.id) for each in here)
    assert not any("/" in name or HIDDEN.search(name) for name in chat.files())


LINKS = {
    "X": tweet("hostile").url,
    "Reddit": "https://www.reddit.com/r/sandbox/comments/1hostile/hostile/",
    "page": PAGE.format(number=1, title=quote(NASTY), size=300_001),
    "long page": PAGE.format(number=2, title=quote(NASTY + "A" * 1000), size=300_002),
}

SCENARIOS: list[Scenario] = [
    *(partial(send_typed_garbage, command=command) for command in TYPED),
    *(partial(send_slash_garbage, command=command) for command in SLASHED),
    *(partial(a_hostile_title_stays_plain_text, case=case) for case in LINKS),
]


@pytest.mark.parametrize("scenario", SCENARIOS, ids=scenario_id)
async def test_scenario(tasks: ScenarioTasks, scenario: Scenario) -> None:
    await tasks[scenario]


@pytest.mark.slow
@pytest.mark.timeout(400)
async def test_a_thousand_garbage_inputs_per_command(sandbox: Sandbox) -> None:
    async with asyncio.TaskGroup() as group:
        for command in TYPED:
            group.create_task(send_typed_garbage(sandbox, command=command, numbers=MORE))
        for command in SLASHED:
            group.create_task(send_slash_garbage(sandbox, command=command, numbers=MORE))


async def test_no_bug_was_counted_and_discord_accepted_every_message(sandbox: Sandbox) -> None:
    assert ", 0 broke" in (await sandbox.chat_of("olivia").ask("$health")).content
    served = [entry.event for entry in sandbox.discord.transcript if isinstance(entry.event, RequestServed)]
    assert {each.status for each in served} <= {200, 201, 204}, {each for each in served if each.status == 400}
