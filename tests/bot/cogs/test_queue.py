"""`$dlq` and `$dlc`, with downloads that run and wait."""

import asyncio
import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from boss_bot_sandbox.discord.model.message import Message
from tests.bot.cogs.conftest import Stage

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module")
async def busy(stage: Stage) -> AsyncIterator[list[Message]]:
    """Ada has two downloads that run and one that waits; Bob has one that runs."""
    cards = [await stage.begin("ada", number) for number in range(3)]
    cards.append(await stage.begin("bob", 3))
    async with asyncio.timeout(20):
        while (await stage.bot.app.services.queue.reader.state()).active_downloads < 3:
            await asyncio.sleep(0.05)
    yield cards
    await stage.cancel_all()


def id_on(card: Message) -> str:
    found = re.search(r"#([0-9a-f]{6})", str(card.embeds))
    assert found is not None
    return found[1]


async def test_an_empty_queue_says_what_to_do(stage: Stage) -> None:
    answer = await stage.answer("ada", "$dlq")
    assert answer.content == "The queue is empty. `$dl` with a link puts something into it."


async def test_the_queue_is_shown_as_the_prd_has_it(stage: Stage, busy: list[Message]) -> None:
    lines = (await stage.answer("ada", "$dlq")).content.splitlines()
    assert lines[:2] == ["```", "Current Queue Status:"]
    assert re.fullmatch(r"1\. clip\.mp4 #[0-9a-f]{6}\* (\[[=> ]{8}\] \d+%|\[DOWNLOADING\])", lines[2])
    assert lines[5].endswith("* [WAITING]")
    assert lines[7] == "Your position: 1"
    assert lines[8].startswith("Estimated wait: ")
    assert "Yours is under way." in (await stage.answer("bob", "$dlq")).content
    assert "Your position" not in (await stage.answer("milo", "$dlq")).content


async def test_other_servers_downloads_are_not_named(stage: Stage, busy: list[Message]) -> None:
    milo = stage.user("milo")
    answer = await stage.answer("milo", "$dlq", milo.direct())
    assert "clip.mp4" not in answer.content
    assert answer.content.count("(not shown here)") == 4


@pytest.mark.parametrize("page", ["0", "-1", "x", "1e3", "²", "9999999"])
async def test_a_page_is_a_number(stage: Stage, page: str) -> None:
    content = (await stage.answer("ada", f"$dlq {page}")).content
    assert content.startswith("The queue is empty.") or content == "❌ That is no page. Example: `$dlq 2`"


async def test_the_slash_command_shows_it_to_one_person(stage: Stage, busy: list[Message]) -> None:
    exchange = await stage.user("ada").commands.slash(stage.general, "dlq", {"page": 7})
    shown = await exchange.reply()
    assert "Current Queue Status:" in shown.content
    assert shown.visible_to == stage.user("ada").id


async def test_without_an_id_the_newest_is_cancelled(stage: Stage, busy: list[Message]) -> None:
    answer = await stage.answer("ada", "$dlc")
    assert answer.content == f"⏹️ Cancelled. Job `{id_on(busy[2])}`."
    # The edits of a channel's cards are 1.5 seconds apart, and the tests before this one left some to do.
    await stage.general.wait_for(lambda one: one.id == busy[2].id and "Cancelled" in str(one.embeds), 60)


async def test_an_id_names_the_download(stage: Stage, busy: list[Message]) -> None:
    answer = await stage.answer("ada", f"$dlc #{id_on(busy[0]).upper()}")
    assert answer.content == f"⏹️ Cancelling… Job `{id_on(busy[0])}`."
    async with asyncio.timeout(10):
        while (await stage.bot.app.services.queue.reader.find(id_on(busy[0]))).is_running:
            await asyncio.sleep(0.05)
    again = await stage.answer("ada", f"$dlc {id_on(busy[0])}")
    assert "already cancelled" in again.content


async def test_only_the_requester_a_moderator_and_the_owner_may(stage: Stage, busy: list[Message]) -> None:
    refused = await stage.answer("bob", f"$dlc {id_on(busy[1])}")
    assert refused.content.startswith(f"Only <@{stage.user('ada').id}>, a moderator or the bot's owner can do that.")
    assert refused.mention_ids == ()
    elsewhere = await stage.answer("bob", f"$dlc {id_on(busy[1])}", stage.user("bob").direct())
    assert elsewhere.content == "I don't know that download any more."
    assert "Cancelling" in (await stage.answer("milo", f"$dlc {id_on(busy[1])}")).content
    assert "Cancelling" in (await stage.answer("olivia", f"$dlc {id_on(busy[3])}")).content


@pytest.mark.parametrize("which", ["ffffff", "zz", "@everyone", "'; drop table items"])
async def test_an_unknown_id_is_told(stage: Stage, which: str) -> None:
    answer = await stage.answer("ada", f"$dlc {which}")
    assert answer.content.startswith("❌ There is no download #")
    assert not answer.mention_everyone


async def test_all_asks_first(stage: Stage, busy: list[Message]) -> None:
    question = await stage.answer("ada", "$dlc all")
    assert question.content.startswith("Cancel 3 downloads? ")
    await stage.user("ada").press(question, "Cancel all")
    done = await stage.general.wait_for(lambda one: one.id == question.id and one.content.startswith("⏹️ Cancelled 3"))
    assert done.components == ()
    nothing = await stage.answer("milo", "$dlc all")
    assert nothing.content == "You have no downloads that could be cancelled."


async def test_autocomplete_offers_ones_own(stage: Stage, busy: list[Message]) -> None:
    ada = stage.user("ada")
    offered = await ada.commands.complete(stage.general, "dlc", "download", "")
    assert [one["value"] for one in offered] == [*(id_on(card) for card in reversed(busy[:3])), "all"]
    assert await stage.user("milo").commands.complete(stage.general, "dlc", "download", "") == []
    (one,) = await ada.commands.complete(stage.general, "dlc", "download", id_on(busy[0]))
    answer = await (await ada.commands.slash(stage.general, "dlc", {"download": one["value"]})).reply()
    assert answer.content == f"⏹️ Cancelling… Job `{id_on(busy[0])}`."


async def test_a_full_queue_takes_no_more(stage: Stage) -> None:
    for number in range(8):
        await stage.begin("milo", number)
    told = await stage.begin("milo", 8)
    assert told.content.startswith("🕒 The queue is full")
    assert (await stage.bot.app.services.queue.reader.state()).is_full
    await stage.cancel_all()
