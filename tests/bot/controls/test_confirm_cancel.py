"""The question before everything is cancelled."""

import re
import time

import pytest

from boss_bot_core.bot.views.confirm_cancel import CancelAllView
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_sandbox.discord.model.message import Message
from boss_bot_sandbox.discord.model.snowflake import Snowflake
from tests.bot.cards.harness import complete_download, start_download
from tests.bot.controls.scene import Scene


async def _asked(scene: Scene) -> tuple[CancelAllView, Message]:
    items = [(await scene.post("ada", number))[0] for number in (1, 2)]
    view = CancelAllView(scene.bot.controls, scene.user("ada").id, [item.id for item in items])
    channel = scene.bot.get_partial_messageable(scene.general.id)
    sent = await channel.send(view.question, view=view)
    return view, scene.general.message(Snowflake(sent.id))


async def _statuses(scene: Scene) -> list[DownloadStatus]:
    return [item.status for item in await scene.app.services.queue.reader.history()]


async def test_yes_cancels_and_says_how_many(scene: Scene) -> None:
    _, question = await _asked(scene)
    asked = re.fullmatch(r"Cancel 2 downloads\? The question ends <t:(\d+):R>\.", question.content)
    assert asked is not None
    assert 50 < int(asked[1]) - time.time() <= 60
    await scene.user("ada").press(question, "Cancel all")
    answer = await scene.shows(question, "Cancelled 2 downloads.")
    assert answer.components == ()
    assert await _statuses(scene) == [DownloadStatus.CANCELLED] * 2


async def test_what_ended_meanwhile_is_not_counted(scene: Scene) -> None:
    _, question = await _asked(scene)
    await complete_download(scene.app, await start_download(scene.app))
    await scene.user("ada").press(question, "Cancel all")
    await scene.shows(question, "Cancelled 1 download.")


async def test_no_leaves_everything(scene: Scene) -> None:
    _, question = await _asked(scene)
    await scene.user("ada").press(question, "Keep them")
    await scene.shows(question, "Nothing was cancelled.")
    assert await _statuses(scene) == []


@pytest.mark.parametrize("who", ["bob", "milo"])
async def test_nobody_else_answers(scene: Scene, who: str) -> None:
    view, question = await _asked(scene)
    exchange = await scene.user(who).press(question, "Cancel all")
    assert (await exchange.reply()).content == f"Only <@{scene.user('ada').id}> can answer that."
    assert not view.is_finished()
    assert await _statuses(scene) == []


async def test_the_question_does_not_kill_the_buttons_of_cards(scene: Scene) -> None:
    view, question = await _asked(scene)
    _, card = await scene.post("bob", 3)
    await scene.user("ada").press(question, "Keep them")
    await scene.shows(question, "Nothing was cancelled.")
    view.stop()
    assert "Paused" in await scene.press("bob", card, "pause")
