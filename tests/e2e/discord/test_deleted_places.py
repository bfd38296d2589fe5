"""Deleted messages, channels and servers, withdrawn permissions and refused files during a download."""

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from boss_bot_sandbox.discord import Permission, TooLargeVariant
from boss_bot_sandbox.discord.faults import Fault, Refused
from boss_bot_sandbox.discord.model.message import Message
from tests.e2e.discord.bot_driver import Chat, Sandbox, id_on, labels, text_of
from tests.e2e.discord.scenarios import Scenario, ScenarioTasks, scenario_id

pytestmark = pytest.mark.asyncio(loop_scope="module")

RATE_BPS = 150_000
NEEDED = {
    Permission.ATTACH_FILES: "I need Attach Files in that channel.",
    Permission.SEND_MESSAGES: "I need Send Messages and Attach Files in that channel.",
}


async def begin(sandbox: Sandbox, number: int, chat: Chat | None = None) -> tuple[Chat, Message]:
    """Start a download of two seconds, and wait until it runs."""
    chat = chat or sandbox.open_chat()
    return chat, await chat.begin(sandbox.video(number, rate_bps=RATE_BPS))


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


async def the_file_is_kept_when_the_channel_was_deleted(sandbox: Sandbox) -> None:
    chat, card = await begin(sandbox, 3)
    sandbox.discord.admin.delete_channel(chat.channel)
    await assert_kept_with_reason(sandbox, chat, card, "The channel is gone.")


async def the_file_is_kept_when_the_bot_left_the_server(sandbox: Sandbox) -> None:
    guild = sandbox.discord.seed.guild("Short visit")
    channel = sandbox.discord.seed.channel("lobby", guild)
    person = sandbox.discord.seed.person("visitor", guild)
    user = sandbox.discord.user(person.username)
    chat, card = await begin(sandbox, 4, Chat(sandbox.discord, sandbox.bot, user, user.observe(channel)))
    sandbox.discord.admin.remove_bot(guild)
    row = await chat.wait_for_status(card, "failed")
    assert row["error_message"].startswith(("I cannot see that channel", "The channel is gone"))
    assert len(stored_files(sandbox, card)) == 1


async def a_missing_permission_is_named_and_a_retry_delivers_once_it_is_granted(
    sandbox: Sandbox, *, missing: Permission
) -> None:
    chat, card = await begin(sandbox, 5 + (missing is Permission.SEND_MESSAGES))
    sandbox.discord.admin.withdraw(chat.channel, missing)
    await assert_kept_with_reason(sandbox, chat, card, NEEDED[missing])
    failed = await chat.shows(card, "❌ Download failed")
    assert NEEDED[missing] in text_of(failed)
    assert labels(failed) == ["Retry", "Details", "Delete"]
    sandbox.discord.admin.grant(chat.channel, missing)
    asked = len(sandbox.site.requests.matching("throttled"))
    assert "It is in the queue again" in await chat.press(card, "Retry")
    await chat.shows(card, "✅ Download complete!")
    assert chat.files() == ["clip.mp4"]
    assert len(sandbox.site.requests.matching("throttled")) == asked


async def the_card_continues_as_text_without_embed_links(sandbox: Sandbox) -> None:
    chat, card = await begin(sandbox, 7)
    sandbox.discord.admin.withdraw(chat.channel, Permission.EMBED_LINKS)
    await chat.shows(card, "✅ Download complete!")
    assert chat.files() == ["clip.mp4"]


async def a_refused_file_is_kept_and_reveals_the_limit(sandbox: Sandbox, *, variant: TooLargeVariant) -> None:
    guild = sandbox.discord.seed.guild(f"Small {variant.value}")
    channel = sandbox.discord.seed.channel("small", guild)
    person = sandbox.discord.seed.person(f"small-{variant.value}", guild)
    user = sandbox.discord.user(person.username)
    chat = Chat(sandbox.discord, sandbox.bot, user, user.observe(channel))
    # The first message is the card.
    route = f"POST /channels/{channel.id}/messages"
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
    the_file_is_kept_when_the_channel_was_deleted,
    the_file_is_kept_when_the_bot_left_the_server,
    *(partial(a_missing_permission_is_named_and_a_retry_delivers_once_it_is_granted, missing=each) for each in NEEDED),
    the_card_continues_as_text_without_embed_links,
    *(partial(a_refused_file_is_kept_and_reveals_the_limit, variant=each) for each in TooLargeVariant),
    a_refused_gallery_arrives_in_several_messages,
]


@pytest.mark.parametrize("scenario", SCENARIOS, ids=scenario_id)
async def test_scenario(tasks: ScenarioTasks, scenario: Scenario) -> None:
    await tasks[scenario]
