"""The options of typed download commands, with the real client."""

import re

import pytest

from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.link import DownloadOptions
from boss_bot_core.domain.status import DownloadPriority
from boss_bot_sandbox.site.twitter.tweets import tweet
from tests.bot.cogs.conftest import BotHarness

pytestmark = pytest.mark.asyncio(loop_scope="module")

THREAD = f"https://x.com/sandbox_owl/status/{tweet('thread-1').id}"
WORDS = "low, normal, high, 1080p, 720p, 480p, 360p, sound, spoiler, thread"


async def only_item(harness: BotHarness) -> DownloadItem:
    (item,) = (await harness.bot.app.services.queue.reader.state()).items
    return item


async def test_a_platforms_command_asks_for_a_whole_thread(harness: BotHarness) -> None:
    for text, whole_thread in ((f"thread <{THREAD}>", True), (THREAD, False)):
        card = await harness.answer("ada", f"$dlt {text}")
        (short_id,) = re.findall(r"#([0-9a-f]{6})", str(card.embeds))
        assert (await harness.bot.app.service.find(short_id)).options == DownloadOptions(whole_thread=whole_thread)
        await harness.wait_for_delivery(card)
    # A delivered download is in the queue until its outcome is recorded.
    await harness.cancel_all()


@pytest.mark.parametrize(
    ("text", "options", "priority"),
    [
        ("720p {} spoiler high", DownloadOptions(quality="720", spoiler=True), DownloadPriority.HIGH),
        ("{} sound", DownloadOptions(audio_only=True), DownloadPriority.NORMAL),
        ("low thread {} 360", DownloadOptions(quality="360", whole_thread=True), DownloadPriority.LOW),
    ],
)
async def test_typed_words_are_the_options_of_the_slash_command(
    harness: BotHarness, text: str, options: DownloadOptions, priority: DownloadPriority
) -> None:
    await harness.answer("olivia", f"$dl {text.format(harness.slow_link(50))}")
    item = await only_item(harness)
    assert (item.options, item.priority) == (options, priority)
    await harness.cancel_all()


async def test_words_in_the_slash_commands_link_are_options_too(harness: BotHarness) -> None:
    asked = {"url": f"||{harness.slow_link(51)}|| thread", "quality": "480"}
    await (await harness.user("olivia").commands.slash(harness.general, "dl", asked)).reply()
    assert (await only_item(harness)).options == DownloadOptions(quality="480", whole_thread=True, spoiler=True)
    await harness.cancel_all()


async def test_unknown_words_are_told_after_the_card(harness: BotHarness) -> None:
    asked = await harness.user("bob").say(harness.general, f"$dl {harness.slow_link(52)} ban`ana @everyone a b c")
    told = await harness.general.wait_for(lambda one: one.reply_to_id == asked.id and "I don't know" in one.content)
    shown = "`ban\N{MODIFIER LETTER GRAVE ACCENT}ana`, `@\u200beveryone`, `a`, …"
    assert told.content == f"I don't know {shown}. Beside links I take: {WORDS}."
    assert (await only_item(harness)).options == DownloadOptions()
    await harness.cancel_all()


@pytest.mark.parametrize("word", ["spoilr", "721p", "thraed"])
async def test_a_mistyped_option_is_refused_before_anything_is_posted(harness: BotHarness, word: str) -> None:
    answer = await harness.answer("bob", f"$dlt {THREAD} {word}")
    assert answer.content == f"❌ I don't know `{word}`. Beside links I take: {WORDS}."
    assert not (await harness.bot.app.services.queue.reader.state()).items
