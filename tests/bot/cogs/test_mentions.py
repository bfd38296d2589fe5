"""Commands that begin with a mention of the bot, and commands that are corrected, with the real client."""

from datetime import timedelta

import attrs
import pytest

from boss_bot_core.domain.clock import utc_now
from boss_bot_sandbox.discord.events import MessageEdited
from boss_bot_sandbox.discord.model.message import Message
from tests.bot.cogs.conftest import BotHarness

pytestmark = pytest.mark.asyncio(loop_scope="module")

HELP = "Send me a link, and I bring the media behind it into this channel."


def bot_mention(harness: BotHarness) -> str:
    return f"<@{harness.discord.state.bot.id}>"


def role_mention(harness: BotHarness) -> str:
    (role,) = (one for one in harness.discord.state.roles.values() if one.bot_id == harness.discord.state.bot.id)
    return f"<@&{role.id}>"


async def queued_url(harness: BotHarness) -> str:
    (item,) = (await harness.bot.app.services.queue.reader.state()).items
    await harness.cancel_all()
    return item.url


async def answers(harness: BotHarness, asked: Message) -> list[str]:
    """Return what was answered to a message, when everything that was sent before is answered."""
    await harness.answer("olivia", "$dlq")
    return [one.content for one in harness.general.messages if one.reply_to_id == asked.id]


@pytest.mark.parametrize(
    "text",
    ["{bot} {url}", "{bot}{url}", "<@!{id}> dl {url}", "{role} dl {url}", "{role} {url}", "$ dl {url}", "$  DL\n{url}"],
)
async def test_a_link_is_downloaded_however_the_bot_is_addressed(harness: BotHarness, text: str) -> None:
    url = harness.slow_link(60)
    names = {"bot": bot_mention(harness), "role": role_mention(harness), "id": harness.discord.state.bot.id}
    card = await harness.answer("olivia", text.format(url=url, **names))
    assert card.components
    assert await queued_url(harness) == url


async def test_a_mention_in_a_reply_downloads_the_message(harness: BotHarness) -> None:
    posted = await harness.user("bob").say(harness.general, f"see {harness.slow_link(61)}")
    asked = await harness.user("olivia").say(harness.general, bot_mention(harness), reply_to=posted)
    await harness.general.wait_for(lambda one: one.reply_to_id == asked.id)
    assert await queued_url(harness) == harness.slow_link(61)


@pytest.mark.parametrize("text", ["{bot}", "{role}", "{bot} hello there"])
async def test_a_mention_without_a_link_is_answered_with_help(harness: BotHarness, text: str) -> None:
    text = text.format(bot=bot_mention(harness), role=role_mention(harness))
    assert HELP in (await harness.answer("bob", text)).content


async def test_other_mentions_and_prefixes_are_ignored(harness: BotHarness) -> None:
    other = harness.discord.seed.role("dl", harness.discord.guild())
    for text in (f"<@&{other.id}> dl {harness.slow_link(62)}", f"thanks {bot_mention(harness)}!", "$ 5", "$"):
        assert await answers(harness, await harness.user("bob").say(harness.general, text)) == []


@pytest.mark.parametrize("typo", ["$dll {url}", "dl {url}", "$dl htps://a.b/c", "$dl {url} spoilr"])
async def test_a_corrected_command_is_carried_out_once(harness: BotHarness, typo: str) -> None:
    olivia, url = harness.user("olivia"), harness.slow_link(63)
    asked = await olivia.say(harness.general, typo.format(url=url))
    await answers(harness, asked)
    await olivia.edit(asked, f"$dl {url}")
    await harness.general.wait_for(lambda one: one.reply_to_id == asked.id and bool(one.components))
    await olivia.edit(asked, f"$dl {url} high")
    await answers(harness, asked)
    assert len([one for one in harness.general.messages if one.reply_to_id == asked.id and one.components]) == 1
    assert await queued_url(harness) == url


async def test_a_command_that_is_corrected_before_it_is_refused_is_carried_out(harness: BotHarness) -> None:
    olivia = harness.user("olivia")
    for number in range(64, 70):
        asked = await olivia.say(harness.general, "$dl htps://a.b/c")
        await olivia.edit(asked, f"$dl {harness.slow_link(number)}")
        asked_id = asked.id
        await harness.general.wait_for(lambda one: one.reply_to_id == asked_id and bool(one.components))  # noqa: B023
        await answers(harness, asked)
        assert await queued_url(harness) == harness.slow_link(number)


async def test_a_correction_that_is_wrong_is_answered_as_well(harness: BotHarness) -> None:
    bob = harness.user("bob")
    asked = await bob.say(harness.general, "$dll x")
    await bob.edit(asked, "$dl x")
    told = await harness.general.wait_for(lambda one: one.reply_to_id == asked.id)
    assert told.content.startswith("❌ I can't read a link")


async def test_an_added_embed_and_a_late_edit_are_no_corrections(harness: BotHarness) -> None:
    bob = harness.user("bob")
    asked = await bob.say(harness.general, "$dl x")
    assert len(await answers(harness, asked)) == 1
    unfurled = attrs.evolve(asked, embeds=({"type": "link", "url": "https://a.b/"},), edited_at=utc_now())
    _publish(harness, unfurled)
    assert len(await answers(harness, asked)) == 1
    late = attrs.evolve(asked, content="$dl y", edited_at=asked.created_at + timedelta(seconds=121))
    _publish(harness, late)
    assert len(await answers(harness, asked)) == 1


def _publish(harness: BotHarness, message: Message) -> None:
    before = harness.general.message(message)
    harness.discord.state.messages[message.channel_id][message.id] = message
    harness.discord.state.publish(MessageEdited(before, message))
