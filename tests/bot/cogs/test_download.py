"""Typed download commands, with the real client."""

import pytest

from boss_bot_core.domain.clock import utc_now
from boss_bot_sandbox.discord import Permission
from boss_bot_sandbox.discord.model.channels import Channel, ChannelKind, ThreadState
from boss_bot_sandbox.discord.state.channels import add_channel
from boss_bot_sandbox.site.twitter.tweets import tweet
from tests.bot.cogs.conftest import BotHarness

pytestmark = pytest.mark.asyncio(loop_scope="module")

PHOTO, GALLERY = (f"https://x.com/anybody/status/{tweet(case).id}" for case in ("photo", "photos"))

WRONG = (
    "❌ That `{host}` link isn't one to X/Twitter that I can fetch, such as `https://x.com/user/status/1234567890`. "
    "`$dl` takes every supported site."
)


async def test_a_link_becomes_a_card_and_a_file(harness: BotHarness) -> None:
    card = await harness.answer("ada", f"$dl {harness.site.http_url}/files/clip.mp4")
    assert card.embeds
    assert card.mention_ids == ()
    assert (await harness.wait_for_delivery(card)).attachments[0].filename.endswith(".mp4")
    await harness.general.wait_for(lambda one: one.id == card.id and "complete" in str(one.embeds))


@pytest.mark.parametrize("text", ["$dl", "$dl not_a_url", "$dlt ftp://a.b/c", "$DL \u202e@everyone"])
async def test_a_command_without_a_link_is_answered_with_an_example(harness: BotHarness, text: str) -> None:
    command = text.split(maxsplit=1)[0].lower()
    answer = await harness.answer("ada", text)
    assert answer.content == f"❌ I can't read a link in that. Example: `{command} https://…`"
    assert answer.mention_ids == ()


async def test_a_platforms_own_command_accepts_its_links_only(harness: BotHarness) -> None:
    # A profile is X/Twitter's too: the answer holds for both.
    for host, path in (("www.reddit.com", "r/pics/comments/1abcde/a/"), ("x.com", "sandbox_owl")):
        answer = await harness.answer("ada", f"$dlt https://{host}/{path}")
        assert answer.content == WRONG.format(host=host)


async def test_a_reply_downloads_the_links_of_the_message_it_replies_to(harness: BotHarness) -> None:
    posted = await harness.user("bob").say(harness.general, f"see <{harness.site.http_url}/files/photo-1.jpg>")
    asked = await harness.user("ada").say(harness.general, "$dl", reply_to=posted)
    card = await harness.general.wait_for(lambda message: message.reply_to_id == asked.id)
    assert (await harness.wait_for_delivery(card)).attachments[0].filename.endswith(".jpg")


async def test_each_of_several_links_has_a_card_and_refusals_follow(harness: BotHarness) -> None:
    asked = await harness.user("milo").say(harness.general, f"$dlt {PHOTO} https://reddit.com/1 {GALLERY}")
    told = await harness.general.wait_for(lambda one: one.reply_to_id == asked.id and "isn't one to X" in one.content)
    cards = [one for one in harness.general.messages if one.reply_to_id == asked.id and one.embeds]
    assert len(cards) == 2
    assert told.id > cards[-1].id
    await harness.wait_for_delivery(cards[-1])


async def test_links_beyond_the_fifth_are_left_out_and_counted(harness: BotHarness) -> None:
    links = " ".join(f"https://a{number}.example/" for number in range(7))
    lines = (await harness.answer("ada", f"$dlt {links}")).content.splitlines()
    assert lines[0] == WRONG.format(host="a0.example")
    assert lines[5:] == ["I take 5 links at a time; 2 more were left out."]


async def test_missing_permissions_are_named_before_anything_is_queued(harness: BotHarness) -> None:
    harness.discord.admin.withdraw(harness.general, Permission.ATTACH_FILES)
    try:
        answer = await harness.answer("ada", f"$dl {harness.site.http_url}/files/clip.mp4")
        assert answer.content == "⚠ I need **Attach Files** here."
    finally:
        harness.discord.admin.grant(harness.general, Permission.ATTACH_FILES)


async def test_the_user_gets_a_direct_message_where_the_bot_may_not_write(harness: BotHarness) -> None:
    harness.discord.admin.withdraw(harness.general, Permission.SEND_MESSAGES)
    try:
        await harness.user("ada").say(harness.general, f"$dl {harness.site.http_url}/files/clip.mp4")
        told = await harness.user("ada").direct().wait_for(lambda message: "I need" in message.content)
        assert told.content == "⚠ I need **Send Messages** and **Attach Files** here."
    finally:
        harness.discord.admin.grant(harness.general, Permission.SEND_MESSAGES)


async def test_without_embed_links_the_card_is_plain(harness: BotHarness) -> None:
    harness.discord.admin.withdraw(harness.general, Permission.EMBED_LINKS)
    try:
        card = await harness.answer("olivia", f"$dl {harness.site.http_url}/files/photo-4.jpg")
        assert not card.embeds
        assert card.content
        await harness.wait_for_delivery(card)
    finally:
        harness.discord.admin.grant(harness.general, Permission.EMBED_LINKS)


async def test_unknown_commands_and_other_bots_are_ignored(harness: BotHarness) -> None:
    ignored = [await harness.user("bob").say(harness.general, text) for text in ("$ban everybody", "$5 for lunch")]
    await harness.answer("bob", "$dl")
    answered = {one.reply_to_id for one in harness.general.messages}
    assert answered.isdisjoint(one.id for one in ignored)


async def test_a_download_works_in_direct_messages(harness: BotHarness) -> None:
    bob = harness.user("bob")
    card = await harness.answer("bob", f"$dl {harness.site.http_url}/files/photo-5.jpg", bob.direct())
    assert (await harness.wait_for_delivery(card)).attachments


async def test_the_file_arrives_when_the_card_is_refused(harness: BotHarness) -> None:
    before = len([one for one in harness.general.messages if one.attachments])
    harness.discord.faults.too_large()
    asked = await harness.user("bob").say(harness.general, f"$dl {harness.site.http_url}/files/photo-3.png")
    delivered = await harness.general.wait_for(lambda one: bool(one.attachments) and one.id > asked.id, 30)
    assert len([one for one in harness.general.messages if one.attachments]) == before + 1
    assert delivered.attachments[0].filename.endswith(".png")


async def test_a_thread_has_permissions_of_its_own(harness: BotHarness) -> None:
    thread = add_channel(
        harness.discord.state,
        Channel(
            id=harness.discord.state.ids.generate(),
            kind=ChannelKind.PUBLIC_THREAD,
            name="thread",
            guild_id=harness.discord.guild().id,
            parent_id=harness.general.id,
            thread=ThreadState(owner_id=harness.user("ada").id, created_at=utc_now()),
        ),
    )
    place = harness.discord.channel(str(thread.id))
    harness.discord.admin.withdraw(harness.general, Permission.SEND_MESSAGES)
    try:
        card = await harness.answer("ada", f"$dl {harness.site.http_url}/files/photo-4.png", place)
        assert (await harness.wait_for_delivery(card)).channel_id == thread.id
        harness.discord.admin.withdraw(harness.general, Permission.SEND_MESSAGES_IN_THREADS)
        asked = await harness.user("ada").say(place, "$dl nothing")
        told = await harness.user("ada").direct().wait_for(lambda message: message.id > asked.id)
        assert told.content.startswith("❌ I can't read a link")
    finally:
        harness.discord.admin.grant(harness.general, Permission.SEND_MESSAGES_IN_THREADS)
        harness.discord.admin.grant(harness.general, Permission.SEND_MESSAGES)
