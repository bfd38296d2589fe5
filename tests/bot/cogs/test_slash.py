"""Slash commands and menus, with the real client."""

import re

import pytest

from boss_bot_sandbox.discord.seeder import ADMINISTRATOR
from boss_bot_sandbox.discord.wire.messages import message_json
from boss_bot_sandbox.site.twitter.tweets import tweet
from tests.bot.cogs.conftest import Stage

pytestmark = pytest.mark.asyncio(loop_scope="module")

PHOTO = f"https://x.com/anybody/status/{tweet('photo').id}"


async def test_a_slash_command_has_all_the_wishes(stage: Stage) -> None:
    options: dict[str, str | int | float | bool] = {
        "url": f"{stage.site.http_url}/files/photo-6.jpg",
        "priority": "low",
        "spoiler": True,
    }
    exchange = await stage.user("ada").commands.slash(stage.general, "dl", options)
    card = await exchange.reply()
    assert card.embeds
    delivered = await stage.delivered_after(card)
    assert delivered.attachments[0].filename.startswith("SPOILER_"), message_json(stage.discord.state, delivered)


async def test_a_slash_command_without_a_link_is_answered(stage: Stage) -> None:
    exchange = await stage.user("ada").commands.slash(stage.general, "dl", {"url": "nothing here"})
    assert (await exchange.reply()).content == "❌ I can't read a link in that. Example: `$dl https://…`"


async def test_the_menu_takes_a_messages_links(stage: Stage) -> None:
    posted = await stage.user("bob").say(stage.general, f"{stage.site.http_url}/files/photo-7.jpg")
    card = await (await stage.user("ada").menus.message("Download media", posted)).reply()
    assert (await stage.delivered_after(card)).attachments
    nothing = await stage.user("bob").say(stage.general, "no link")
    answer = await (await stage.user("ada").menus.message("Download media", nothing)).reply()
    assert answer.content.startswith("❌ I can't read a link in that.")


async def test_where_the_bot_is_no_member_the_files_come_to_direct_messages(stage: Stage) -> None:
    elsewhere = stage.discord.seed.guild("Elsewhere", bot=False)
    lobby = stage.discord.seed.channel("lobby", elsewhere)
    eve = stage.discord.seed.person("eve", elsewhere)
    stage.discord.seed.install_for(eve)
    person = stage.user("eve")
    url = f"{stage.site.http_url}/files/photo-8.jpg"
    exchange = await person.commands.slash(stage.discord.channel(str(lobby.id)), "dl", {"url": url})
    told = await exchange.reply()
    assert told.visible_to == person.id
    assert "direct messages" in told.content
    delivered = await person.direct().wait_for(lambda message: bool(message.attachments), timeout_s=30)
    assert delivered.guild_id is None


async def test_who_takes_no_direct_messages_is_told_and_nothing_is_fetched(stage: Stage) -> None:
    abroad = stage.discord.seed.guild("Far Away", bot=False)
    lobby = stage.discord.seed.channel("harbour", abroad)
    shy = stage.discord.seed.person("shy", abroad)
    stage.discord.seed.install_for(shy)
    stage.discord.seed.close_direct(shy)
    exchange = await stage.user("shy").commands.slash(
        stage.discord.channel(str(lobby.id)), "dl", {"url": stage.slow_link(40)}
    )
    told = await exchange.reply()
    assert told.content.startswith("⚠ I'm not a member here, and you take no direct messages from me.")
    assert told.visible_to == shy.id
    items = (await stage.bot.app.services.queue.reader.state()).items
    assert all(item.cancel_requested for item in items if item.user_id == shy.id)
    await stage.cancel_all()


async def test_rights_in_a_server_without_the_bot_count_for_nothing(stage: Stage) -> None:
    abroad = stage.discord.seed.guild("Abroad", bot=False)
    lobby = stage.discord.seed.channel("square", abroad)
    mayor = stage.discord.seed.person("mayor", abroad, stage.discord.seed.role("Mayor", abroad, ADMINISTRATOR))
    stage.discord.seed.install_for(mayor)
    direct = stage.user("bob").direct()
    card = await stage.answer("bob", f"$dl {stage.slow_link(30)}", direct)
    number = "".join(re.findall(r"#([0-9a-f]{6})", str(card.embeds)))
    commands, square = stage.user("mayor").commands, stage.discord.channel(str(lobby.id))
    refused = await (await commands.slash(square, "dlc", {"download": number})).reply()
    # Not even whose it is.
    assert refused.content == "I don't know that download any more."
    asked = await (await commands.slash(square, "dls", {"setting": "server"})).reply()
    assert asked.content == "❌ That works in a server only."
    queued = {"url": stage.slow_link(31), "priority": "high"}
    lowered = await (await commands.slash(square, "dl", queued)).wait_for(lambda one: "premium" in one.content)
    assert lowered.visible_to == mayor.id
    await stage.cancel_all()


async def test_a_slash_command_with_several_links_has_several_cards(stage: Stage) -> None:
    links = f"{stage.site.http_url}/files/photo-1.png <{stage.site.http_url}/files/photo-2.png> ftp://a.b"
    many = " ".join(f"https://a{number}.example/" for number in range(7))
    ada = stage.user("ada")
    exchange = await ada.commands.slash(stage.general, "dl", {"url": links})
    first = await exchange.reply()
    second = await exchange.wait_for(lambda message: message.id != first.id)
    assert first.embeds
    assert second.embeds
    await stage.cancel_all()
    exchange = await ada.commands.slash(stage.general, "dl", {"url": f"{PHOTO} {many}"})
    told = await exchange.wait_for(lambda message: "were left out" in message.content, 20)
    assert told.visible_to == ada.id
    await stage.cancel_all()


async def test_an_interaction_survives_a_broken_connection(stage: Stage) -> None:
    stage.discord.faults.reset("POST /interactions/*/*/callback", applied=True)
    exchange = await stage.user("ada").commands.slash(stage.general, "dl", {"url": "nothing"})
    assert (await exchange.reply()).content.startswith("❌ I can't read a link in that.")
