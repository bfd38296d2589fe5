"""Deleted messages, channels and servers, withdrawn permissions and refused files during a download."""

import json
from functools import partial
from pathlib import Path
from typing import Any

import attrs
import pytest

from boss_bot_sandbox.discord import Permission, TooLargeVariant
from boss_bot_sandbox.discord.faults import Fault, Refused
from boss_bot_sandbox.discord.model.message import Message
from tests.e2e.discord.bot_driver import Chat, Sandbox, id_on, labels, text_of
from tests.e2e.discord.scenarios import Scenario, ScenarioTasks, scenario_id

pytestmark = pytest.mark.asyncio(loop_scope="module")

RATE_BPS, SLOW_BPS = 150_000, 5_000
SETTINGS = {"DISABLED_PLUGINS": "media"}  # no plugin makes a large file fit
NEEDED = {
    Permission.ATTACH_FILES: "I need Attach Files in that channel.",
    Permission.SEND_MESSAGES: "I need Send Messages and Attach Files in that channel.",
}


async def begin(
    sandbox: Sandbox, number: int, chat: Chat | None = None, *, rate_bps: int = RATE_BPS
) -> tuple[Chat, Message]:
    """Start a download, by default of two seconds, and wait until it runs."""
    chat = chat or sandbox.open_chat()
    return chat, await chat.begin(sandbox.video(number, rate_bps=rate_bps))


def count_requests(sandbox: Sandbox, number: int) -> int:
    """Return the number of requests for the video of one test; other tests run at the same time."""
    return sum(sandbox.video(number).endswith(each.query) for each in sandbox.site.requests.matching("throttled"))


def stored_files(sandbox: Sandbox, card: Message) -> list[Path]:
    """Return the files of a download that are on the host."""
    records = [(path, json.loads(path.read_text())) for path in sandbox.bot.data.glob("downloads/**/metadata.json")]
    mine = [(path, each) for path, each in records if each["item_id"].startswith(id_on(card))]
    return [file for path, each in mine for one in each["files"] if (file := path.parent / one["file_path"]).is_file()]


async def assert_kept_with_reason(sandbox: Sandbox, chat: Chat, card: Message, reason: str) -> dict[str, Any]:
    row = await chat.wait_for_status(card, "failed")
    assert reason in row["error_message"]
    assert len(stored_files(sandbox, card)) == 1
    assert chat.files() == []
    return row


async def the_file_arrives_when_its_card_was_deleted(sandbox: Sandbox) -> None:
    chat, card = await begin(sandbox, 1)
    sandbox.discord.admin.delete_message(card)
    await chat.wait_for_status(card, "completed")
    assert chat.files() == ["clip.mp4"]
    assert len(chat.cards()) == 1


async def the_file_arrives_when_its_request_was_deleted(sandbox: Sandbox) -> None:
    chat, card = await begin(sandbox, 2)
    assert card.reply_to_id is not None
    sandbox.discord.admin.delete_message(chat.channel.message(card.reply_to_id))
    await chat.delivery()
    await chat.shows(card, "✅ Download complete!")
    assert chat.files() == ["clip.mp4"]


async def assert_told_once(chat: Chat, card: Message, *words: str) -> None:
    """Assert that the requester got one direct message about the download, with these words."""
    direct = chat.user.direct()
    told = await direct.wait_for(lambda one: id_on(card) in one.content)
    assert [word for word in words if word not in told.content] == []
    # The answer to a later command comes after everything that the bot had to say before.
    await attrs.evolve(chat, channel=direct).ask("$dlq")
    assert [one.id for one in direct.messages if id_on(card) in text_of(one)] == [told.id]


async def the_downloads_for_a_deleted_channel_end(sandbox: Sandbox) -> None:
    chat, card = await begin(sandbox, 3, rate_bps=SLOW_BPS)
    paused = await chat.begin(sandbox.video(13, rate_bps=SLOW_BPS))
    await chat.press(paused, "Pause")
    await chat.wait_for_status(paused, "paused")
    sandbox.discord.admin.delete_channel(chat.channel)
    for each in (card, paused):
        await chat.wait_for_status(each, "cancelled")
    await assert_told_once(chat, card, "I stopped 2 downloads of yours: the channel is gone.", f"#{id_on(paused)}")
    assert chat.files() == []


async def the_downloads_for_a_deleted_thread_end(sandbox: Sandbox) -> None:
    chat, card = await begin(sandbox, 14, open_thread(sandbox), rate_bps=SLOW_BPS)
    sandbox.discord.admin.delete_channel(chat.channel)
    await chat.wait_for_status(card, "cancelled")
    await assert_told_once(chat, card, "I stopped 1 download of yours: the channel is gone.")


async def a_failure_is_told_directly_when_the_thread_was_locked(sandbox: Sandbox) -> None:
    chat, card = await begin(sandbox, 17, open_thread(sandbox))
    sandbox.discord.admin.change_thread(chat.channel, archived=True, locked=True)
    await assert_kept_with_reason(sandbox, chat, card, "That thread is archived.")
    await assert_told_once(chat, card, f"<#{chat.channel.id}>", "That thread is archived.", "press Retry")
    sandbox.discord.admin.change_thread(chat.channel, archived=False, locked=False)
    await chat.press(card, "Cancel")
    assert labels(await chat.shows(card, "❌ Download failed")) == ["Retry", "Details", "Delete"]
    await chat.press(card, "Retry")
    await chat.shows(card, "✅ Download complete!")
    assert chat.files() == ["clip.mp4"]


async def a_file_reopens_an_archived_thread_and_the_card_shows_it(sandbox: Sandbox) -> None:
    chat, card = await begin(sandbox, 18, open_thread(sandbox))
    sandbox.discord.admin.change_thread(chat.channel, archived=True)
    await chat.delivery()
    await chat.shows(card, "✅ Download complete!", timeout_s=3)


def open_thread(sandbox: Sandbox, *, announced: bool = True) -> Chat:
    """Return a chat in a thread."""
    chat = sandbox.open_chat()
    thread = sandbox.discord.seed.thread("talk", chat.channel, announced=announced)
    return attrs.evolve(chat, channel=chat.user.observe(thread))


async def the_downloads_end_when_the_bot_left_the_server(sandbox: Sandbox) -> None:
    chat, card = await begin(sandbox, 4, visit(sandbox, "Short visit"), rate_bps=SLOW_BPS)
    guild_id = chat.channel.value.guild_id
    assert guild_id is not None
    sandbox.discord.admin.remove_bot(sandbox.discord.state.guild(guild_id))
    await chat.wait_for_status(card, "cancelled")
    await assert_told_once(chat, card, "I stopped 1 download of yours: I was removed from the server.")


async def a_failure_is_told_directly_when_the_channel_was_hidden(sandbox: Sandbox) -> None:
    chat, card = await begin(sandbox, 15)
    sandbox.discord.admin.withdraw(chat.channel, Permission.VIEW_CHANNEL)
    await assert_kept_with_reason(sandbox, chat, card, "I need View Channel")
    await assert_told_once(chat, card, f"<#{chat.channel.id}>", "I need View Channel", "press Retry")


def visit(sandbox: Sandbox, name: str) -> Chat:
    """Return a chat in a server that is not used by another test."""
    guild = sandbox.discord.seed.guild(name)
    user = sandbox.discord.user(sandbox.discord.seed.person(f"visitor of {name}", guild).username)
    return Chat(sandbox.discord, sandbox.bot, user, user.observe(sandbox.discord.seed.channel("lobby", guild)))


async def a_missing_permission_is_named_and_a_retry_delivers_once_it_is_granted(
    sandbox: Sandbox, *, missing: Permission
) -> None:
    chat, card = await begin(sandbox, number := 5 + (missing is Permission.SEND_MESSAGES))
    sandbox.discord.admin.withdraw(chat.channel, missing)
    await assert_kept_with_reason(sandbox, chat, card, NEEDED[missing])
    failed = await chat.shows(card, "❌ Download failed")
    assert NEEDED[missing] in text_of(failed)
    assert labels(failed) == ["Retry", "Details", "Delete"]
    sandbox.discord.admin.grant(chat.channel, missing)
    asked = count_requests(sandbox, number)
    assert "It is in the queue again" in await chat.press(card, "Retry")
    await chat.shows(card, "✅ Download complete!")
    assert (chat.files(), count_requests(sandbox, number)) == (["clip.mp4"], asked)


async def the_card_continues_as_text_without_embed_links(sandbox: Sandbox) -> None:
    chat, card = await begin(sandbox, 7)
    sandbox.discord.admin.withdraw(chat.channel, Permission.EMBED_LINKS)
    await chat.shows(card, "✅ Download complete!")
    assert chat.files() == ["clip.mp4"]


async def a_refused_file_is_kept_and_reveals_the_limit(sandbox: Sandbox, *, variant: TooLargeVariant) -> None:
    chat = visit(sandbox, f"Small {variant.value}")
    # The first message is the card.
    route = f"POST /channels/{chat.channel.id}/messages"
    sandbox.discord.faults.plan.add(Fault(effect=Refused(variant), route=route, skip=1))
    size_bytes = 12_000_000 + list(TooLargeVariant).index(variant)
    card = await chat.ask(f"$dl {sandbox.video(0, size_bytes=size_bytes)}")
    failed = await chat.shows(card, "❌ Download failed")
    assert "📦 11.4 MB, this server allows 10 MB" in text_of(failed)
    assert len(stored_files(sandbox, card)) == 1
    assert "Max file size: 10MB" in (await chat.ask("$dlh dl")).content
    again = await chat.ask(f"$dl {sandbox.video(1, size_bytes=size_bytes)}")
    await chat.shows(again, "❌ Download failed")
    assert chat.files() == []


async def a_refused_gallery_arrives_in_several_messages(sandbox: Sandbox) -> None:
    chat = sandbox.open_chat()
    route = f"POST /channels/{chat.channel.id}/messages"
    sandbox.discord.faults.plan.add(Fault(effect=Refused(), route=route, skip=1))
    card = await chat.ask("$dl https://x.com/sandbox_owl/status/1800000000000000002")
    await chat.shows(card, "✅ Download complete!")
    delivered = [one for one in chat.posted() if one.attachments]
    assert len(delivered) > 1
    names = chat.files()
    assert len(names) == len(set(names)) == 4


SCENARIOS: list[Scenario] = [
    the_file_arrives_when_its_card_was_deleted,
    the_file_arrives_when_its_request_was_deleted,
    the_downloads_for_a_deleted_channel_end,
    the_downloads_for_a_deleted_thread_end,
    a_failure_is_told_directly_when_the_thread_was_locked,
    a_file_reopens_an_archived_thread_and_the_card_shows_it,
    the_downloads_end_when_the_bot_left_the_server,
    a_failure_is_told_directly_when_the_channel_was_hidden,
    *(partial(a_missing_permission_is_named_and_a_retry_delivers_once_it_is_granted, missing=each) for each in NEEDED),
    the_card_continues_as_text_without_embed_links,
    *(partial(a_refused_file_is_kept_and_reveals_the_limit, variant=each) for each in TooLargeVariant),
    a_refused_gallery_arrives_in_several_messages,
]


@pytest.mark.parametrize("scenario", SCENARIOS, ids=scenario_id)
async def test_scenario(tasks: ScenarioTasks, scenario: Scenario) -> None:
    await tasks[scenario]
