"""What people may take away while a download goes on: messages, channel, server, permissions, room for files."""

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from boss_bot_sandbox.discord import Permission, TooLargeVariant
from boss_bot_sandbox.discord.faults import Fault, Refused
from boss_bot_sandbox.discord.model.message import Message
from tests.e2e.discord.bot_driver import Sandbox, Scene, id_on, labels, text_of
from tests.e2e.discord.scenarios import Begun, Play, title

pytestmark = pytest.mark.asyncio(loop_scope="module")

RATE_BPS = 150_000
NEEDED = {
    Permission.ATTACH_FILES: "I need Attach Files in that channel.",
    Permission.SEND_MESSAGES: "I need Send Messages and Attach Files in that channel.",
}


async def begin(sandbox: Sandbox, number: int, scene: Scene | None = None) -> tuple[Scene, Message]:
    """Let somebody begin a download of two seconds, and wait until it runs."""
    scene = scene or sandbox.scene()
    return scene, await scene.begin(sandbox.video(number, rate_bps=RATE_BPS))


def kept(sandbox: Sandbox, card: Message) -> list[Path]:
    """Return the download's files that are on the host."""
    records = [(path, json.loads(path.read_text())) for path in sandbox.bot.data.glob("downloads/**/metadata.json")]
    mine = [(path, each) for path, each in records if each["item_id"].startswith(id_on(card))]
    return [file for path, each in mine for one in each["files"] if (file := path.parent / one["file_path"]).is_file()]


async def is_kept_with_a_reason(sandbox: Sandbox, scene: Scene, card: Message, reason: str) -> dict[str, Any]:
    row = await scene.until(card, "failed")
    assert reason in row["error_message"]
    assert len(kept(sandbox, card)) == 1
    assert scene.files() == []
    return row


async def without_its_card_the_file_arrives(sandbox: Sandbox) -> None:
    scene, card = await begin(sandbox, 1)
    sandbox.discord.admin.delete_message(card)
    await scene.until(card, "completed")
    assert scene.files() == ["clip.mp4"]
    assert len(scene.cards()) == 1


async def without_the_request_the_file_arrives(sandbox: Sandbox) -> None:
    scene, card = await begin(sandbox, 2)
    assert card.reply_to_id is not None
    sandbox.discord.admin.delete_message(scene.channel.message(card.reply_to_id))
    await scene.delivery()
    await scene.shows(card, "✅ Download complete!")
    assert scene.files() == ["clip.mp4"]


async def without_the_channel_the_file_is_kept(sandbox: Sandbox) -> None:
    scene, card = await begin(sandbox, 3)
    sandbox.discord.admin.delete_channel(scene.channel)
    await is_kept_with_a_reason(sandbox, scene, card, "The channel is gone.")


async def without_the_server_the_file_is_kept(sandbox: Sandbox) -> None:
    guild = sandbox.discord.seed.guild("Short visit")
    channel = sandbox.discord.seed.channel("lobby", guild)
    person = sandbox.discord.seed.person("visitor", guild)
    user = sandbox.discord.user(person.username)
    scene, card = await begin(sandbox, 4, Scene(sandbox.discord, sandbox.bot, user, user.observe(channel)))
    sandbox.discord.admin.remove_bot(guild)
    row = await scene.until(card, "failed")
    assert row["error_message"].startswith(("I cannot see that channel", "The channel is gone"))
    assert len(kept(sandbox, card)) == 1


async def a_withdrawn_permission_is_named_and_given_back_a_retry_delivers(
    sandbox: Sandbox, *, missing: Permission
) -> None:
    scene, card = await begin(sandbox, 5 + (missing is Permission.SEND_MESSAGES))
    sandbox.discord.admin.withdraw(scene.channel, missing)
    await is_kept_with_a_reason(sandbox, scene, card, NEEDED[missing])
    failed = await scene.shows(card, "❌ Download failed")
    assert NEEDED[missing] in text_of(failed)
    assert labels(failed) == ["Retry", "Details", "Delete"]
    sandbox.discord.admin.grant(scene.channel, missing)
    asked = len(sandbox.site.requests.matching("throttled"))
    assert "It is in the queue again" in await scene.press(card, "Retry")
    await scene.shows(card, "✅ Download complete!")
    assert scene.files() == ["clip.mp4"]
    assert len(sandbox.site.requests.matching("throttled")) == asked


async def without_embed_links_the_card_goes_on_as_text(sandbox: Sandbox) -> None:
    scene, card = await begin(sandbox, 7)
    sandbox.discord.admin.withdraw(scene.channel, Permission.EMBED_LINKS)
    await scene.shows(card, "✅ Download complete!")
    assert scene.files() == ["clip.mp4"]


async def what_discord_does_not_take_is_kept_and_teaches_the_limit(
    sandbox: Sandbox, *, variant: TooLargeVariant
) -> None:
    guild = sandbox.discord.seed.guild(f"Small {variant.value}")
    channel = sandbox.discord.seed.channel("small", guild)
    person = sandbox.discord.seed.person(f"small-{variant.value}", guild)
    user = sandbox.discord.user(person.username)
    scene = Scene(sandbox.discord, sandbox.bot, user, user.observe(channel))
    # The first message is the card.
    route = f"POST /channels/{channel.id}/messages"
    sandbox.discord.faults.plan.add(Fault(effect=Refused(variant), route=route, skip=1))
    size_bytes = 12_000_000 + list(TooLargeVariant).index(variant)
    card = await scene.ask(f"$dl {sandbox.video(0, size_bytes=size_bytes)}")
    failed = await scene.shows(card, "❌ Download failed")
    assert "📦 11.4 MB, this server allows 10 MB" in text_of(failed)
    assert len(kept(sandbox, card)) == 1
    assert "Max file size: 10MB" in (await scene.ask("$dlh dl")).content
    again = await scene.ask(f"$dl {sandbox.video(1, size_bytes=size_bytes)}")
    await scene.shows(again, "❌ Download failed")
    assert scene.files() == []


async def a_refused_gallery_is_divided_and_arrives_whole(sandbox: Sandbox) -> None:
    scene = sandbox.scene()
    route = f"POST /channels/{scene.channel.id}/messages"
    sandbox.discord.faults.plan.add(Fault(effect=Refused(), route=route, skip=1))
    card = await scene.ask("$dl https://x.com/sandbox_owl/status/1800000000000000002")
    await scene.shows(card, "✅ Download complete!")
    delivered = [one for one in scene.posted() if one.attachments]
    assert len(delivered) > 1
    names = scene.files()
    assert len(names) == len(set(names)) == 4


PLAYS: list[Play] = [
    without_its_card_the_file_arrives,
    without_the_request_the_file_arrives,
    without_the_channel_the_file_is_kept,
    without_the_server_the_file_is_kept,
    *(partial(a_withdrawn_permission_is_named_and_given_back_a_retry_delivers, missing=each) for each in NEEDED),
    without_embed_links_the_card_goes_on_as_text,
    *(partial(what_discord_does_not_take_is_kept_and_teaches_the_limit, variant=each) for each in TooLargeVariant),
    a_refused_gallery_is_divided_and_arrives_whole,
]


@pytest.mark.parametrize("play", PLAYS, ids=title)
async def test_it(tasks: Begun, play: Play) -> None:
    await tasks[play]
