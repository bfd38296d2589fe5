"""The question before all downloads are cancelled."""

import re
import time

import pytest

from boss_bot_core.bot.views.confirm_cancel import CancelAllView
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_sandbox.discord.model.message import Message
from boss_bot_sandbox.discord.model.snowflake import Snowflake
from tests.bot.cards.harness import complete_download, start_download
from tests.bot.controls.harness import CardHarness


async def _ask_question(harness: CardHarness) -> tuple[CancelAllView, Message]:
    items = [(await harness.post("ada", number))[0] for number in (1, 2)]
    view = CancelAllView(harness.bot.controls, harness.user("ada").id, [item.id for item in items])
    channel = harness.bot.get_partial_messageable(harness.general.id)
    sent = await channel.send(view.question, view=view)
    return view, harness.general.message(Snowflake(sent.id))


async def _statuses(harness: CardHarness) -> list[DownloadStatus]:
    return [item.status for item in await harness.app.services.queue.reader.list_finished()]


async def test_confirming_cancels_and_reports_the_number(harness: CardHarness) -> None:
    _, question = await _ask_question(harness)
    asked = re.fullmatch(r"Cancel 2 downloads\? The question ends <t:(\d+):R>\.", question.content)
    assert asked is not None
    assert 50 < int(asked[1]) - time.time() <= 60
    await harness.user("ada").press(question, "Cancel all")
    answer = await harness.shows(question, "Cancelled 2 downloads.")
    assert answer.components == ()
    assert await _statuses(harness) == [DownloadStatus.CANCELLED] * 2


async def test_downloads_that_ended_in_the_meantime_are_not_counted(harness: CardHarness) -> None:
    _, question = await _ask_question(harness)
    await complete_download(harness.app, await start_download(harness.app))
    await harness.user("ada").press(question, "Cancel all")
    await harness.shows(question, "Cancelled 1 download.")


async def test_declining_cancels_nothing(harness: CardHarness) -> None:
    _, question = await _ask_question(harness)
    await harness.user("ada").press(question, "Keep them")
    await harness.shows(question, "Nothing was cancelled.")
    assert await _statuses(harness) == []


@pytest.mark.parametrize("who", ["bob", "milo"])
async def test_other_users_cannot_answer_the_question(harness: CardHarness, who: str) -> None:
    view, question = await _ask_question(harness)
    exchange = await harness.user(who).press(question, "Cancel all")
    assert (await exchange.reply()).content == f"Only <@{harness.user('ada').id}> can answer that."
    assert not view.is_finished()
    assert await _statuses(harness) == []


async def test_the_question_does_not_break_the_buttons_of_cards(harness: CardHarness) -> None:
    view, question = await _ask_question(harness)
    _, card = await harness.post("bob", 3)
    await harness.user("ada").press(question, "Keep them")
    await harness.shows(question, "Nothing was cancelled.")
    view.stop()
    assert "Paused" in await harness.press("bob", card, "pause")
