"""Slash commands and menus, with the real client."""

import re

import pytest

from boss_bot_sandbox.discord.seeder import ADMINISTRATOR
from boss_bot_sandbox.discord.wire.messages import message_json
from boss_bot_sandbox.site.twitter.tweets import tweet
from tests.bot.cogs.conftest import BotHarness

pytestmark = pytest.mark.asyncio(loop_scope="module")

PHOTO = f"https://x.com/anybody/status/{tweet('photo').id}"


async def test_a_slash_command_has_all_options(harness: BotHarness) -> None:
    options: dict[str, str | int | float | bool] = {
        "url": f"{harness.site.http_url}/files/photo-6.jpg",
        "priority": "low",
        "spoiler": True,
    }
    exchange = await harness.user("ada").commands.slash(harness.general, "dl", options)
    card = await exchange.reply()
    assert card.embeds
    delivered = await harness.wait_for_delivery(card)
    assert delivered.attachments[0].filename.startswith("SPOILER_"), message_json(harness.discord.state, delivered)


async def test_a_slash_command_without_a_link_is_answered(harness: BotHarness) -> None:
    exchange = await harness.user("ada").commands.slash(harness.general, "dl", {"url": "nothing here"})
    assert (await exchange.reply()).content == "❌ I can't read a link in that. Example: `$dl https://…`"


async def test_the_menu_downloads_the_links_of_a_message(harness: BotHarness) -> None:
    posted = await harness.user("bob").say(harness.general, f"{harness.site.http_url}/files/photo-7.jpg")
    card = await (await harness.user("ada").menus.message("Download media", posted)).reply()
    assert (await harness.wait_for_delivery(card)).attachments
    nothing = await harness.user("bob").say(harness.general, "no link")
    answer = await (await harness.user("ada").menus.message("Download media", nothing)).reply()
    assert answer.content.startswith("❌ I can't read a link in that.")


async def test_files_come_to_direct_messages_where_the_bot_is_not_a_member(harness: BotHarness) -> None:
    elsewhere = harness.discord.seed.guild("Elsewhere", bot=False)
    lobby = harness.discord.seed.channel("lobby", elsewhere)
    eve = harness.discord.seed.person("eve", elsewhere)
    harness.discord.seed.install_for(eve)
    person = harness.user("eve")
    url = f"{harness.site.http_url}/files/photo-8.jpg"
    exchange = await person.commands.slash(harness.discord.channel(str(lobby.id)), "dl", {"url": url})
    told = await exchange.reply()
    assert told.visible_to == person.id
    assert "direct messages" in told.content
    delivered = await person.direct().wait_for(lambda message: bool(message.attachments), timeout_s=30)
    assert delivered.guild_id is None


async def test_closed_direct_messages_are_refused_and_nothing_is_downloaded(harness: BotHarness) -> None:
    abroad = harness.discord.seed.guild("Far Away", bot=False)
    lobby = harness.discord.seed.channel("harbour", abroad)
    shy = harness.discord.seed.person("shy", abroad)
    harness.discord.seed.install_for(shy)
    harness.discord.seed.close_direct(shy)
    exchange = await harness.user("shy").commands.slash(
        harness.discord.channel(str(lobby.id)), "dl", {"url": harness.slow_link(40)}
    )
    told = await exchange.reply()
    assert told.content.startswith("⚠ I'm not a member here, and you take no direct messages from me.")
    assert told.visible_to == shy.id
    items = (await harness.bot.app.services.queue.reader.state()).items
    assert all(item.cancel_requested for item in items if item.user_id == shy.id)
    await harness.cancel_all()


async def test_permissions_in_a_server_without_the_bot_give_no_rights(harness: BotHarness) -> None:
    abroad = harness.discord.seed.guild("Abroad", bot=False)
    lobby = harness.discord.seed.channel("square", abroad)
    mayor = harness.discord.seed.person("mayor", abroad, harness.discord.seed.role("Mayor", abroad, ADMINISTRATOR))
    harness.discord.seed.install_for(mayor)
    direct = harness.user("bob").direct()
    card = await harness.answer("bob", f"$dl {harness.slow_link(30)}", direct)
    number = "".join(re.findall(r"#([0-9a-f]{6})", str(card.embeds)))
    commands, square = harness.user("mayor").commands, harness.discord.channel(str(lobby.id))
    refused = await (await commands.slash(square, "dlc", {"download": number})).reply()
    # Not even whose it is.
    assert refused.content == "I don't know that download any more."
    asked = await (await commands.slash(square, "dls", {"setting": "server"})).reply()
    assert asked.content == "❌ That works in a server only."
    queued = {"url": harness.slow_link(31), "priority": "high"}
    lowered = await (await commands.slash(square, "dl", queued)).wait_for(lambda one: "premium" in one.content)
    assert lowered.visible_to == mayor.id
    await harness.cancel_all()


async def test_a_slash_command_with_several_links_has_several_cards(harness: BotHarness) -> None:
    links = f"{harness.site.http_url}/files/photo-1.png <{harness.site.http_url}/files/photo-2.png> ftp://a.b"
    many = " ".join(f"https://a{number}.example/" for number in range(7))
    ada = harness.user("ada")
    exchange = await ada.commands.slash(harness.general, "dl", {"url": links})
    first = await exchange.reply()
    second = await exchange.wait_for(lambda message: message.id != first.id)
    assert first.embeds
    assert second.embeds
    await harness.cancel_all()
    exchange = await ada.commands.slash(harness.general, "dl", {"url": f"{PHOTO} {many}"})
    told = await exchange.wait_for(lambda message: "were left out" in message.content, 20)
    assert told.visible_to == ada.id
    await harness.cancel_all()


async def test_an_interaction_survives_a_broken_connection(harness: BotHarness) -> None:
    harness.discord.faults.reset("POST /interactions/*/*/callback", applied=True)
    exchange = await harness.user("ada").commands.slash(harness.general, "dl", {"url": "nothing"})
    assert (await exchange.reply()).content.startswith("❌ I can't read a link in that.")
