"""The control API, with the local Discord in a child process."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from typing import TYPE_CHECKING, Any

import aiohttp
import discord
import pytest
import pytest_asyncio

from boss_bot_sandbox.discord.control.client import ControlClient
from boss_bot_sandbox.discord.errors import ControlError
from boss_bot_sandbox.discord.redirect import redirect_clients
from boss_bot_sandbox.discord.testing import RecordingBot, run_bot

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from discord.ext import commands


class Sandbox:
    """A local Discord in a child process, with the client of its control API."""

    def __init__(self, addresses: dict[str, str], session: aiohttp.ClientSession) -> None:
        self.addresses = addresses
        self.session = session
        self.control = ControlClient(session, addresses["control_url"])


@pytest_asyncio.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "boss_bot_sandbox.discord", "--upload-mib", "0.1", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    addresses = json.loads(await process.stdout.readline())
    with redirect_clients(addresses["rest_url"], addresses["gateway_url"], addresses["cdn_url"]):
        async with aiohttp.ClientSession() as session:
            yield Sandbox(addresses, session)
    process.send_signal(signal.SIGTERM)
    assert await process.wait() == 0


class Why(discord.ui.Modal, title="Why?"):
    reason: discord.ui.TextInput[discord.ui.Modal] = discord.ui.TextInput(label="Reason", custom_id="reason")

    async def on_submit(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.response.send_message("noted", ephemeral=True)


class Questions(discord.ui.View):
    @discord.ui.button(label="Ask")
    async def ask(self, interaction: discord.Interaction[Any], _: discord.ui.Button[discord.ui.View]) -> None:
        await interaction.response.send_modal(Why())


@pytest_asyncio.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[RecordingBot]:
    bot = RecordingBot()

    @bot.command()
    async def dl(context: commands.Context[Any], url: str) -> None:
        await context.reply(f"card of {url}", view=Questions())

    async with run_bot(bot, sandbox.addresses["token"]):
        yield bot


async def test_another_process_can_drive_a_whole_conversation(sandbox: Sandbox, bot: RecordingBot) -> None:
    control = sandbox.control
    said = await control.act("ada", "say", channel="general", content="$dl https://x", files=[("a.txt", b"abc")])
    assert said["message"]["attachments"][0]["size"] == 3
    created = await control.wait_for(
        lambda entry: entry["type"] == "MessageCreated" and entry["message"]["content"].startswith("card")
    )
    card = created["message"]["id"]
    await control.act("bob", "react", message=card, emoji="⏸️")
    assert (await bot.wait_for_event("raw_reaction_add")).message_id == int(card)
    pressed = (await control.act("ada", "press", message=card, label="Ask"))["interaction"]
    opened = await control.wait_for(
        lambda entry: entry["type"] == "InteractionAnswered" and entry["interaction"]["id"] == pressed["id"]
    )
    assert opened["interaction"]["modal"]["title"] == "Why?"
    assert "token" not in opened["interaction"]
    await control.act("ada", "submit", interaction=pressed["id"], fields={"reason": "because"})
    await control.wait_for(
        lambda entry: entry["type"] == "MessageCreated" and entry["message"]["visible_to"] is not None
    )
    messages = {
        viewer: [one["content"] for one in await control.messages("general", viewer)] for viewer in ("ada", "bob")
    }
    assert messages["ada"] == ["$dl https://x", "card of https://x", "noted"]
    assert messages["bob"] == ["$dl https://x", "card of https://x"]


async def test_faults_permissions_and_guilds_can_be_changed(sandbox: Sandbox, bot: RecordingBot) -> None:
    control = sandbox.control
    state = await control.state()
    (guild,) = state["guilds"]
    assert guild["upload_limit_bytes"] == 104857
    await control.admin("boost", guild="Sandbox", tier=3)
    assert (await control.state())["guilds"][0]["upload_limit_bytes"] == 100 * 1024 * 1024
    await control.fault("rate_limit", route="POST /channels/*/messages", retry_after_s=0.01)
    general = next(one for one in guild["channels"] if one["name"] == "general")
    await bot.get_partial_messageable(int(general["id"])).send("hello")
    statuses = [entry["status"] for entry in await control.transcript() if entry["type"] == "RequestServed"]
    assert statuses[-2:] == [429, 200]
    await control.fault("gateway_drop")
    await bot.wait_for_event("resumed")
    await control.fault("gateway_invalidate", resumable=True)
    await bot.wait_for_event("resumed", 2)
    await control.admin("withdraw", channel="general", permission="send_messages")
    with pytest.raises(discord.Forbidden):
        await bot.get_partial_messageable(int(general["id"])).send("hello")
    await control.seed("person", name="eve", guild="Sandbox")
    await control.act("eve", "say", channel="@bot", content="hi")
    assert (await bot.wait_for_event("message", 2)).author.name == "eve"


async def test_threads_forwards_and_members_can_be_driven(sandbox: Sandbox, bot: RecordingBot) -> None:
    control = sandbox.control
    thread = await control.seed("thread", name="topic", channel="general", user="ada", announced=False)
    said = await control.act("ada", "say", channel="topic", content="hello")
    assert (await bot.wait_for_event("message")).channel.id == int(thread["id"])
    assert bot.get_channel(int(thread["id"])) is None
    await control.act("ada", "forward", message=said["message"]["id"], channel="general")
    assert (await bot.wait_for_event("message", 2)).message_snapshots[0].content == "hello"
    await control.admin("change_thread", channel="topic", locked=True)
    with pytest.raises(ControlError, match="Thread is archived"):
        await control.act("ada", "say", channel="topic", content="again")
    await control.admin("withdraw", channel="general", permission="attach_files", user="ada")
    with pytest.raises(ControlError, match="Missing Permissions"):
        await control.act("ada", "say", channel="general", files=[("a.txt", b"abc")])
    await control.admin("grant", channel="general", permission="attach_files", user="ada")
    await control.act("ada", "say", channel="general", files=[("a.txt", b"abc")])


async def test_invalid_requests_report_the_reason(sandbox: Sandbox) -> None:
    control = sandbox.control
    for status, words, order in (
        (400, "no order 'dance'", control.act("ada", "dance")),
        (400, "nothing is called 'nobody'", control.act("nobody", "say", channel="general", content="x")),
        (400, "'emoji' is missing", control.act("ada", "react", message=await _message(control))),
        (404, "Unknown Message", control.act("ada", "react", message="1", emoji="👍")),
        (409, "no button", control.act("ada", "press", message=await _message(control), label="Go")),
        (413, "too large", control.act("ada", "say", channel="general", files=[("a.bin", bytes(200_000))])),
        (400, "unexpected keyword", control.fault("slow", delay_s=1, colour="red")),
    ):
        with pytest.raises(ControlError, match=words) as refused:
            await order
        assert refused.value.status == status


async def test_pages_of_other_origins_are_refused(sandbox: Sandbox) -> None:
    url = sandbox.addresses["control_url"] + "/state"
    for headers, status in (
        ({"Origin": "https://evil.example"}, 403),
        ({"Host": "evil.example"}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 200),
    ):
        async with sandbox.session.get(url, headers=headers) as answer:
            assert answer.status == status


async def _message(control: ControlClient) -> str:
    return str((await control.act("ada", "say", channel="general", content="x"))["message"]["id"])


async def test_a_new_sandbox_refuses_the_entry_count_of_the_previous_one(sandbox: Sandbox) -> None:
    """The page may read the state of one sandbox and open the events of the next, whose entries are counted anew."""
    url = f"{sandbox.addresses['control_url']}/events"
    bot = (await sandbox.control.state())["bot"]["id"]
    async with sandbox.session.ws_connect(url, params={"start": "0", "bot": bot}):
        pass
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await sandbox.session.ws_connect(url, params={"start": "5", "bot": "1"})
    assert refused.value.status == 409
