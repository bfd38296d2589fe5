"""Every typed way of asking for a download, with the real client."""

import pytest

from boss_bot_core.domain.clock import utc_now
from boss_bot_sandbox.discord import Permission
from boss_bot_sandbox.discord.model.channels import Channel, ChannelKind, ThreadState
from boss_bot_sandbox.discord.state.channels import add_channel
from boss_bot_sandbox.site.twitter.tweets import tweet
from tests.bot.cogs.conftest import Stage

pytestmark = pytest.mark.asyncio(loop_scope="module")

PHOTO, GALLERY = (f"https://x.com/anybody/status/{tweet(case).id}" for case in ("photo", "photos"))

WRONG = (
    "❌ That `{host}` link isn't one to X/Twitter that I can fetch, such as `https://x.com/user/status/1234567890`. "
    "`$dl` takes every supported site."
)


async def test_a_link_becomes_a_card_and_a_file(stage: Stage) -> None:
    card = await stage.answer("ada", f"$dl {stage.site.http_url}/files/clip.mp4")
    assert card.embeds
    assert card.mention_ids == ()
    assert (await stage.delivered_after(card)).attachments[0].filename.endswith(".mp4")
    await stage.general.wait_for(lambda one: one.id == card.id and "complete" in str(one.embeds))


@pytest.mark.parametrize("text", ["$dl", "$dl not_a_url", "$dlt ftp://a.b/c", "$DL \u202e@everyone"])
async def test_without_a_link_an_example_is_given(stage: Stage, text: str) -> None:
    command = text.split(maxsplit=1)[0].lower()
    answer = await stage.answer("ada", text)
    assert answer.content == f"❌ I can't read a link in that. Example: `{command} https://…`"
    assert answer.mention_ids == ()


async def test_a_platforms_own_command_takes_its_links_only(stage: Stage) -> None:
    # A profile is X/Twitter's too: the answer holds for both.
    for host, path in (("www.reddit.com", "r/pics/comments/1abcde/a/"), ("x.com", "sandbox_owl")):
        answer = await stage.answer("ada", f"$dlt https://{host}/{path}")
        assert answer.content == WRONG.format(host=host)


async def test_a_reply_takes_the_links_of_the_message_it_answers(stage: Stage) -> None:
    posted = await stage.user("bob").say(stage.general, f"see <{stage.site.http_url}/files/photo-1.jpg>")
    asked = await stage.user("ada").say(stage.general, "$dl", reply_to=posted)
    card = await stage.general.wait_for(lambda message: message.reply_to_id == asked.id)
    assert (await stage.delivered_after(card)).attachments[0].filename.endswith(".jpg")


async def test_of_several_links_each_has_its_card_and_the_rest_is_told(stage: Stage) -> None:
    asked = await stage.user("milo").say(stage.general, f"$dlt {PHOTO} https://reddit.com/1 {GALLERY}")
    told = await stage.general.wait_for(lambda one: one.reply_to_id == asked.id and "isn't one to X" in one.content)
    cards = [one for one in stage.general.messages if one.reply_to_id == asked.id and one.embeds]
    assert len(cards) == 2
    assert told.id > cards[-1].id
    await stage.delivered_after(cards[-1])


async def test_more_than_five_links_are_left_out_and_said_so(stage: Stage) -> None:
    links = " ".join(f"https://a{number}.example/" for number in range(7))
    lines = (await stage.answer("ada", f"$dlt {links}")).content.splitlines()
    assert lines[0] == WRONG.format(host="a0.example")
    assert lines[5:] == ["I take 5 links at a time; 2 more were left out."]


async def test_what_the_bot_lacks_is_said_before_anything_is_queued(stage: Stage) -> None:
    stage.discord.admin.withdraw(stage.general, Permission.ATTACH_FILES)
    try:
        answer = await stage.answer("ada", f"$dl {stage.site.http_url}/files/clip.mp4")
        assert answer.content == "⚠ I need **Attach Files** here."
    finally:
        stage.discord.admin.grant(stage.general, Permission.ATTACH_FILES)


async def test_where_the_bot_may_not_write_the_person_is_told_directly(stage: Stage) -> None:
    stage.discord.admin.withdraw(stage.general, Permission.SEND_MESSAGES)
    try:
        await stage.user("ada").say(stage.general, f"$dl {stage.site.http_url}/files/clip.mp4")
        told = await stage.user("ada").direct().wait_for(lambda message: "I need" in message.content)
        assert told.content == "⚠ I need **Send Messages** and **Attach Files** here."
    finally:
        stage.discord.admin.grant(stage.general, Permission.SEND_MESSAGES)


async def test_without_embed_links_the_card_is_plain(stage: Stage) -> None:
    stage.discord.admin.withdraw(stage.general, Permission.EMBED_LINKS)
    try:
        card = await stage.answer("olivia", f"$dl {stage.site.http_url}/files/photo-4.jpg")
        assert not card.embeds
        assert card.content
        await stage.delivered_after(card)
    finally:
        stage.discord.admin.grant(stage.general, Permission.EMBED_LINKS)


async def test_unknown_commands_and_other_bots_are_passed_over(stage: Stage) -> None:
    before = len(stage.general.messages)
    await stage.user("bob").say(stage.general, "$ban everybody")
    await stage.user("bob").say(stage.general, "$5 for lunch")
    await stage.answer("bob", "$dl")
    assert len(stage.general.messages) == before + 4


async def test_direct_messages_work_too(stage: Stage) -> None:
    bob = stage.user("bob")
    card = await stage.answer("bob", f"$dl {stage.site.http_url}/files/photo-5.jpg", bob.direct())
    assert (await stage.delivered_after(card)).attachments


async def test_without_a_card_the_file_arrives_all_the_same(stage: Stage) -> None:
    before = len([one for one in stage.general.messages if one.attachments])
    stage.discord.faults.too_large()
    asked = await stage.user("bob").say(stage.general, f"$dl {stage.site.http_url}/files/photo-3.png")
    delivered = await stage.general.wait_for(lambda one: bool(one.attachments) and one.id > asked.id, 30)
    assert len([one for one in stage.general.messages if one.attachments]) == before + 1
    assert delivered.attachments[0].filename.endswith(".png")


async def test_a_thread_has_permissions_of_its_own(stage: Stage) -> None:
    thread = add_channel(
        stage.discord.state,
        Channel(
            id=stage.discord.state.ids.generate(),
            kind=ChannelKind.PUBLIC_THREAD,
            name="thread",
            guild_id=stage.discord.guild().id,
            parent_id=stage.general.id,
            thread=ThreadState(owner_id=stage.user("ada").id, created_at=utc_now()),
        ),
    )
    place = stage.discord.channel(str(thread.id))
    stage.discord.admin.withdraw(stage.general, Permission.SEND_MESSAGES)
    try:
        card = await stage.answer("ada", f"$dl {stage.site.http_url}/files/photo-4.png", place)
        assert (await stage.delivered_after(card)).channel_id == thread.id
        stage.discord.admin.withdraw(stage.general, Permission.SEND_MESSAGES_IN_THREADS)
        asked = await stage.user("ada").say(place, "$dl nothing")
        told = await stage.user("ada").direct().wait_for(lambda message: message.id > asked.id)
        assert told.content.startswith("❌ I can't read a link")
    finally:
        stage.discord.admin.grant(stage.general, Permission.SEND_MESSAGES_IN_THREADS)
        stage.discord.admin.grant(stage.general, Permission.SEND_MESSAGES)
