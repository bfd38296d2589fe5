"""Where links come from, with the real client: spoilers, replies, menus, forwards, embeds, files, links to messages."""

import io

import discord
import pytest
from PIL import Image

from boss_bot_sandbox.discord import ChannelObserver, Permission, UserClient
from boss_bot_sandbox.discord.model.message import Message
from boss_bot_sandbox.site.twitter.tweets import tweet
from tests.bot.cogs.conftest import BotHarness

pytestmark = pytest.mark.asyncio(loop_scope="module")

UNREADABLE = "❌ I can't open that message for you here: it is gone, or one of us may not read it."


def picture(shade: int) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (64, 64), (shade, 0, 0)).save(data, "PNG")
    return data.getvalue()


def link_to(message: Message) -> str:
    return f"https://discord.com/channels/{message.guild_id or '@me'}/{message.channel_id}/{message.id}"


async def cards_of(harness: BotHarness, asked: Message, count: int) -> list[Message]:
    """Wait for the cards that answer a message."""
    place = harness.discord.channel(str(asked.channel_id))

    def answers() -> list[Message]:
        return [one for one in place.messages if one.reply_to_id == asked.id and one.components]

    await place.wait_for(lambda _: len(answers()) >= count)
    return answers()


async def are_hidden(harness: BotHarness, asked: Message, count: int) -> dict[str, bool]:
    """Wait for all deliveries of a command, and return which files are spoilers."""
    place = harness.discord.channel(str(asked.channel_id))

    def files() -> dict[str, bool]:
        sent = [file for one in place.messages if one.id > asked.id for file in one.attachments]
        return {file.filename.removeprefix("SPOILER_"): file.is_spoiler for file in sent}

    await place.wait_for(lambda _: len(files()) >= count, timeout_s=30)
    return files()


@pytest.fixture
def channel(harness: BotHarness, request: pytest.FixtureRequest) -> ChannelObserver:
    """A channel for this test alone."""
    created = harness.discord.seed.channel(request.node.name[:60].replace("_", "-"), harness.discord.guild())
    return harness.discord.channel(str(created.id))


@pytest.fixture
def ada(harness: BotHarness, request: pytest.FixtureRequest) -> UserClient:
    """A user for this test alone: downloads are counted."""
    created = harness.discord.seed.person(f"ada-{abs(hash(request.node.name))}", harness.discord.guild())
    return harness.user(created.username)


async def test_each_link_of_a_command_is_as_hidden_as_it_was_typed(
    harness: BotHarness, channel: ChannelObserver, ada: UserClient
) -> None:
    site = harness.site.http_url
    asked = await ada.say(
        channel, f"$dl ||{site}/files/photo-1.jpg|| {site}/files/photo-2.png ||see **{site}/files/photo-3.jpg** there||"
    )
    assert await are_hidden(harness, asked, 3) == {"photo-1.jpg": True, "photo-2.png": False, "photo-3.jpg": True}
    hidden = [one for one in await cards_of(harness, asked, 3) if "photo-1" in str(one.embeds)]
    assert hidden == []


@pytest.mark.parametrize("way", ["reply", "menu", "forward", "message link", "slash"])
async def test_a_spoiler_in_another_message_is_a_spoiler(
    harness: BotHarness, channel: ChannelObserver, ada: UserClient, way: str
) -> None:
    site = harness.site.http_url
    text = f"look ||{site}/files/photo-4.jpg|| and {site}/files/photo-5.png"
    asked = posted = await harness.user("bob").say(channel, text)
    if way == "reply":
        asked = await ada.say(channel, "$dl", reply_to=posted)
    elif way == "menu":
        await ada.menus.message("Download media", posted)
    elif way == "forward":
        asked = await ada.say(channel, "$dl", reply_to=await harness.user("bob").forward(posted, channel))
    elif way == "message link":
        asked = await ada.say(channel, f"$dl {link_to(posted)}")
    elif way == "slash":
        await ada.commands.slash(channel, "dl", {"url": text})
    assert await are_hidden(harness, asked, 2) == {"photo-4.jpg": True, "photo-5.png": False}


async def test_a_hidden_link_to_a_message_hides_all_of_it(
    harness: BotHarness, channel: ChannelObserver, ada: UserClient
) -> None:
    posted = await harness.user("bob").say(channel, f"{harness.site.http_url}/files/photo-6.jpg")
    asked = await ada.say(channel, f"$dl ||{link_to(posted)}||")
    assert await are_hidden(harness, asked, 1) == {"photo-6.jpg": True}


async def test_files_of_a_message_are_taken_with_their_spoilers(
    harness: BotHarness, channel: ChannelObserver, ada: UserClient
) -> None:
    posted = await harness.user("bob").say(
        channel, "mine", files=[("a.png", picture(1)), ("SPOILER_b.png", picture(2)), ("notes.txt", b"no media")]
    )
    asked = await ada.say(channel, "$dl", reply_to=posted)
    assert await are_hidden(harness, asked, 2) == {"a.png": False, "b.png": True}
    assert len(await cards_of(harness, asked, 2)) == 2


async def test_embeds_of_bots_are_read(harness: BotHarness, channel: ChannelObserver, ada: UserClient) -> None:
    site, place = harness.site.http_url, await harness.bot.fetch_channel(channel.id)
    assert isinstance(place, discord.TextChannel)
    embed = discord.Embed(title="News", description=f"[here]({site}/files/photo-1.jpg), ||{site}/files/photo-2.jpg||")
    sent = await place.send("I found this:", embed=embed.add_field(name="More", value=f"{site}/files/photo-3.jpg"))
    asked = await ada.say(channel, "$dl", reply_to=next(one for one in channel.messages if one.id == sent.id))
    assert await are_hidden(harness, asked, 3) == {"photo-1.jpg": False, "photo-2.jpg": True, "photo-3.jpg": False}
    pictured = await place.send(embed=discord.Embed(title="No link").set_image(url=f"{site}/files/photo-7.jpg"))
    asked = await ada.say(channel, "$dl", reply_to=next(one for one in channel.messages if one.id == pictured.id))
    assert await are_hidden(harness, asked, 1) == {"photo-7.jpg": False}


async def test_an_address_without_scheme_is_taken_where_a_plugin_knows_the_host(
    harness: BotHarness, channel: ChannelObserver, ada: UserClient
) -> None:
    where = f"x.com/anybody/status/{tweet('photo').id}"
    asked = await ada.say(channel, f"$dl 看{where}。")
    assert list((await are_hidden(harness, asked, 1)).values()) == [False]
    posted = await harness.user("bob").say(channel, f"||{where}||")
    asked = await ada.say(channel, "$dl", reply_to=posted)
    assert list((await are_hidden(harness, asked, 1)).values()) == [True]
    answer = await harness.answer(ada.value.username, "$dl media.example.com/files/photo-1.jpg", channel)
    assert answer.content == (
        "❌ I don't know `media.example.com`. Write `https://` in front of the whole address, and I look there."
    )


async def test_a_message_is_opened_only_for_those_who_can_read_it(
    harness: BotHarness, channel: ChannelObserver, ada: UserClient
) -> None:
    discord_ = harness.discord
    secret = discord_.channel(str(discord_.seed.channel("secret", discord_.guild()).id))
    posted = await harness.user("bob").say(secret, f"{harness.site.http_url}/files/photo-1.jpg")
    discord_.admin.withdraw(secret, Permission.VIEW_CHANNEL, user=ada)
    assert (await harness.answer(ada.value.username, f"$dl {link_to(posted)}", channel)).content == UNREADABLE
    discord_.admin.grant(secret, Permission.VIEW_CHANNEL, user=ada)
    discord_.admin.withdraw(secret, Permission.READ_MESSAGE_HISTORY, user=ada)
    assert (await harness.answer(ada.value.username, f"$dl {link_to(posted)}", channel)).content == UNREADABLE
    discord_.admin.grant(secret, Permission.READ_MESSAGE_HISTORY, user=ada)
    asked = await ada.say(channel, f"$dl {link_to(posted)}")
    assert await are_hidden(harness, asked, 1) == {"photo-1.jpg": False}
    # What is gone, what the bot cannot read, and another server's channel look the same.
    discord_.admin.withdraw(secret, Permission.VIEW_CHANNEL)
    for link in (link_to(posted), link_to(posted).replace(str(posted.id), "1" * 18), f"{link_to(asked)[:-4]}1234"):
        assert (await harness.answer(ada.value.username, f"$dl {link}", channel)).content == UNREADABLE


async def test_direct_messages_and_adult_channels_stay_where_they_are(
    harness: BotHarness, channel: ChannelObserver, ada: UserClient
) -> None:
    bob, link = harness.user("bob"), f"{harness.site.http_url}/files/photo-1.jpg"
    private = await bob.say(bob.direct(), f"no command: {link}")
    assert (await harness.answer(ada.value.username, f"$dl {link_to(private)}", channel)).content == UNREADABLE
    asked = await bob.say(channel, f"$dl {link_to(private)}")
    assert await are_hidden(harness, asked, 1) == {"photo-1.jpg": False}
    adult = await bob.say(harness.discord.channel("adults"), link)
    assert (await harness.answer("bob", f"$dl {link_to(adult)}", channel)).content == UNREADABLE


async def test_one_unreadable_message_does_not_stop_the_other_links(
    harness: BotHarness, channel: ChannelObserver, ada: UserClient
) -> None:
    gone = f"https://ptb.discord.com/channels/{harness.discord.guild().id}/{channel.id}/{'1' * 18}"
    asked = await ada.say(channel, f"$dl {gone} {harness.site.http_url}/files/photo-1.jpg")
    assert await are_hidden(harness, asked, 1) == {"photo-1.jpg": False}
    told = await channel.wait_for(
        lambda one: one.reply_to_id == asked.id and not one.components and not one.attachments
    )
    assert told.content == UNREADABLE
