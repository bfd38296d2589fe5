"""`$dlq` and `$dlc`, with running and waiting downloads."""

import asyncio
import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from boss_bot_sandbox.discord.model.message import Message
from tests.bot.cogs.conftest import BotHarness

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module")
async def busy(harness: BotHarness) -> AsyncIterator[list[Message]]:
    """Two running downloads and a waiting one of Ada, and a running one of Bob."""
    cards = [await harness.begin("ada", number) for number in range(3)]
    cards.append(await harness.begin("bob", 3))
    async with asyncio.timeout(20):
        while (await harness.bot.app.services.queue.reader.state()).active_downloads < 3:
            await asyncio.sleep(0.05)
    yield cards
    await harness.cancel_all()


def id_on(card: Message) -> str:
    found = re.search(r"#([0-9a-f]{6})", str(card.embeds))
    assert found is not None
    return found[1]


# First: the edits of a channel's cards are 1.5 seconds apart, and every other test leaves some to do.
async def test_without_an_id_the_newest_download_is_cancelled(harness: BotHarness, busy: list[Message]) -> None:
    answer = await harness.answer("ada", "$dlc")
    assert answer.content == f"⏹️ Cancelled. Job `{id_on(busy[2])}`."
    await harness.general.wait_for(lambda one: one.id == busy[2].id and "Cancelled" in str(one.embeds), 60)


async def test_the_answer_about_an_empty_queue_names_the_download_command(harness: BotHarness) -> None:
    answer = await harness.answer("ada", "$dlq")
    assert answer.content == "The queue is empty. `$dl` with a link puts something into it."


async def test_the_queue_has_the_prds_form(harness: BotHarness, busy: list[Message]) -> None:
    lines = (await harness.answer("ada", "$dlq")).content.splitlines()
    assert lines[:2] == ["```", "Current Queue Status:"]
    assert re.fullmatch(r"1\. clip\.mp4 #[0-9a-f]{6}\* (\[[=> ]{8}\] \d+%|\[DOWNLOADING\])", lines[2])
    assert lines[5].endswith("* [WAITING]")
    assert lines[7] == "Your position: 1"
    assert lines[8].startswith("Estimated wait: ")
    assert "Yours is under way." in (await harness.answer("bob", "$dlq")).content
    assert "Your position" not in (await harness.answer("milo", "$dlq")).content


async def test_downloads_of_other_servers_are_not_named(harness: BotHarness, busy: list[Message]) -> None:
    milo = harness.user("milo")
    answer = await harness.answer("milo", "$dlq", milo.direct())
    assert "clip.mp4" not in answer.content
    assert answer.content.count("(not shown here)") == 4


@pytest.mark.parametrize("page", ["0", "-1", "x", "1e3", "²", "9999999"])
async def test_a_page_must_be_a_number(harness: BotHarness, page: str) -> None:
    content = (await harness.answer("ada", f"$dlq {page}")).content
    assert content.startswith("The queue is empty.") or content == "❌ That is no page. Example: `$dlq 2`"


async def test_the_slash_command_is_ephemeral(harness: BotHarness, busy: list[Message]) -> None:
    exchange = await harness.user("ada").commands.slash(harness.general, "dlq", {"page": 7})
    shown = await exchange.reply()
    assert "Current Queue Status:" in shown.content
    assert shown.visible_to == harness.user("ada").id


async def test_an_id_selects_the_download(harness: BotHarness, busy: list[Message]) -> None:
    answer = await harness.answer("ada", f"$dlc #{id_on(busy[0]).upper()}")
    assert answer.content == f"⏹️ Cancelling… Job `{id_on(busy[0])}`."
    async with asyncio.timeout(10):
        while (await harness.bot.app.services.queue.reader.find(id_on(busy[0]))).is_running:
            await asyncio.sleep(0.05)
    again = await harness.answer("ada", f"$dlc {id_on(busy[0])}")
    assert "already cancelled" in again.content


async def test_only_the_requester_a_moderator_and_the_owner_may_cancel(
    harness: BotHarness, busy: list[Message]
) -> None:
    refused = await harness.answer("bob", f"$dlc {id_on(busy[1])}")
    assert refused.content.startswith(f"Only <@{harness.user('ada').id}>, a moderator or the bot's owner can do that.")
    assert refused.mention_ids == ()
    elsewhere = await harness.answer("bob", f"$dlc {id_on(busy[1])}", harness.user("bob").direct())
    assert elsewhere.content == "I don't know that download any more."
    assert "Cancelling" in (await harness.answer("milo", f"$dlc {id_on(busy[1])}")).content
    assert "Cancelling" in (await harness.answer("olivia", f"$dlc {id_on(busy[3])}")).content


@pytest.mark.parametrize("which", ["ffffff", "zz", "@everyone", "'; drop table items"])
async def test_an_unknown_id_is_refused(harness: BotHarness, which: str) -> None:
    answer = await harness.answer("ada", f"$dlc {which}")
    assert answer.content.startswith("❌ There is no download #")
    assert not answer.mention_everyone


async def test_cancelling_all_asks_first(harness: BotHarness, busy: list[Message]) -> None:
    question = await harness.answer("ada", "$dlc all")
    assert question.content.startswith("Cancel 3 downloads? ")
    await harness.user("ada").press(question, "Cancel all")
    done = await harness.general.wait_for(lambda one: one.id == question.id and one.content.startswith("⏹️ Cancelled 3"))
    assert done.components == ()
    nothing = await harness.answer("milo", "$dlc all")
    assert nothing.content == "You have no downloads that could be cancelled."


async def test_autocompletion_offers_the_users_own_downloads(harness: BotHarness, busy: list[Message]) -> None:
    ada = harness.user("ada")
    offered = await ada.commands.complete(harness.general, "dlc", "download", "")
    assert [one["value"] for one in offered] == [*(id_on(card) for card in reversed(busy[:3])), "all"]
    assert await harness.user("milo").commands.complete(harness.general, "dlc", "download", "") == []
    (one,) = await ada.commands.complete(harness.general, "dlc", "download", id_on(busy[0]))
    answer = await (await ada.commands.slash(harness.general, "dlc", {"download": one["value"]})).reply()
    assert answer.content == f"⏹️ Cancelling… Job `{id_on(busy[0])}`."


async def test_a_full_queue_refuses_downloads(harness: BotHarness) -> None:
    for number in range(8):
        await harness.begin("milo", number)
    told = await harness.begin("milo", 8)
    assert told.content.startswith("🕒 The queue is full")
    assert (await harness.bot.app.services.queue.reader.state()).is_full
    await harness.cancel_all()


async def test_an_urgent_download_takes_a_place_in_the_full_queue_and_the_other_person_is_told(
    harness: BotHarness,
) -> None:
    for number in range(2):
        await harness.begin("milo", 20 + number)
    cards = [await harness.answer("milo", f"$dl {harness.slow_link(30 + number)} low") for number in range(6)]
    for number in range(3):
        urgent = await harness.answer("olivia", f"$dl {harness.slow_link(40 + number)} high")
        assert re.search(r"#[0-9a-f]{6}", str(urgent.embeds))
    told = await harness.general.wait_for(lambda one: one.id == cards[-1].id and "Download failed" in str(one.embeds))
    assert "took this one's place. Try again in a few minutes." in str(told.embeds).replace("\\'", "'")
    assert [button for button in str(told.components).split("'") if button == "Retry"]
    await harness.cancel_all()
