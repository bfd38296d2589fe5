"""Buttons of cards, pressed in a real client."""

import asyncio
from pathlib import Path
from unittest import mock
from uuid import UUID

import discord
import pytest

from boss_bot_core.bot.views import respond
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_sandbox.discord import LocalDiscord
from boss_bot_sandbox.discord.events import MessageCreated
from boss_bot_sandbox.discord.model.interaction import AnswerKind
from boss_bot_sandbox.discord.model.message import Message
from boss_bot_sandbox.discord.model.snowflake import Snowflake
from tests.bot.cards.harness import complete_download, fail_download, start_download, submit_download
from tests.bot.controls.scene import Scene, a_scene, custom_ids, text


async def _status(scene: Scene, item_id: UUID) -> DownloadStatus:
    return (await scene.app.services.queue.reader.get(item_id)).status


async def test_pause_resume_and_cancel(scene: Scene) -> None:
    item, card = await scene.post()
    assert custom_ids(card) == [f"bb:j:{item.id.hex}:{action}" for action in ("pause", "cancel", "details")]
    assert await scene.press("ada", card, "pause") == f"⏸️ Paused. Job `{item.short_id}`."
    await scene.shows(card, "Paused")
    assert await scene.press("ada", card, "resume") == f"▶️ It goes on as soon as there is room. Job `{item.short_id}`."
    await scene.shows(card, "Queued")
    assert await scene.press("ada", card, "cancel") == f"⏹️ Cancelled. Job `{item.short_id}`."
    shown = await scene.shows(card, "Cancelled")
    assert [each.rpartition(":")[2] for each in custom_ids(shown)] == ["retry", "details", "delete"]


async def test_a_running_download_is_told_to_stop_and_says_so(scene: Scene) -> None:
    item, card = await scene.post()
    await start_download(scene.app)
    await scene.shows(card, "Downloading")
    assert await scene.press("ada", card, "pause") == f"⏸️ Pausing… Job `{item.short_id}`."
    assert await scene.press("ada", card, "cancel") == f"⏹️ Cancelling… Job `{item.short_id}`."
    assert await scene.press("ada", card, "cancel") == f"It is already being cancelled. Job `{item.short_id}`."


async def test_every_action_can_be_done_twice(scene: Scene) -> None:
    item, card = await scene.post()
    first = card
    assert "Paused" in await scene.press("ada", card, "pause")
    assert await _pressed(scene, first, "pause") == f"It is already paused. Job `{item.short_id}`."
    assert "Cancelled" in await _pressed(scene, first, "cancel")
    assert (
        await _pressed(scene, first, "cancel")
        == f"It is already cancelled. Retry starts it again. Job `{item.short_id}`."
    )


async def _pressed(scene: Scene, as_it_was: Message, action: str) -> str:
    """Press a button of a card as it was: somebody's screen may be a little behind."""
    exchange = await scene.user("ada").press(as_it_was, custom_id=f"{custom_ids(as_it_was)[0][:37]}:{action}")
    return (await exchange.reply()).content


async def test_a_finished_download_cannot_be_cancelled(scene: Scene) -> None:
    item, card = await scene.post()
    await complete_download(scene.app, await start_download(scene.app))
    assert await _pressed(scene, card, "cancel") == f"It is already finished. Job `{item.short_id}`."


@pytest.mark.parametrize(("who", "may"), [("ada", True), ("milo", True), ("olivia", True), ("bob", False)])
async def test_requester_moderator_and_owner_may_act_and_others_are_told(scene: Scene, who: str, *, may: bool) -> None:
    item, card = await scene.post("ada")
    told = await scene.press(who, card, "cancel")
    assert (await _status(scene, item.id) is DownloadStatus.CANCELLED) == may
    only = f"Only <@{scene.user('ada').id}>, a moderator or the bot's owner can do that. Job `{item.short_id}`."
    assert (told == only) != may


async def test_everybody_may_look(scene: Scene) -> None:
    item, card = await scene.post("ada")
    assert f"**Job `{item.short_id}`** · queued" in await scene.press("bob", card, "details")


async def test_retry_starts_again_on_the_same_card(scene: Scene) -> None:
    item, card = await scene.post()
    await fail_download(scene.app, await start_download(scene.app))
    await scene.shows(card, "I couldn't reach")
    assert await scene.press("ada", card, "retry") == f"🔄 It is in the queue again. Job `{item.short_id}`."
    await scene.shows(card, "Queued")
    assert await _status(scene, item.id) is DownloadStatus.QUEUED


async def test_who_may_not_download_any_more_may_not_retry_either(scene: Scene) -> None:
    item, card = await scene.post()
    await fail_download(scene.app, await start_download(scene.app))
    await scene.shows(card, "I couldn't reach")
    guild, chat_settings = scene.discord.guild().id, scene.app.services.chat_settings
    await chat_settings.change_guild(guild, "blocked-channels", f"<#{scene.general.id}>")
    assert "Downloads are switched off in this channel." in await scene.press("ada", card, "retry")
    assert await _status(scene, item.id) is DownloadStatus.FAILED
    await chat_settings.change_guild(guild, "blocked-channels", "none")
    assert "It is in the queue again" in await scene.press("ada", card, "retry")


async def test_delete_removes_the_card(scene: Scene) -> None:
    _, card = await scene.post()
    await complete_download(scene.app, await start_download(scene.app))
    await scene.shows(card, "Download complete!")
    assert await scene.press("ada", card, "delete") == "🗑️ Deleted."
    await scene.general.wait_until_deleted(card)


async def test_what_could_not_be_deleted_is_not_said_to_be(scene: Scene) -> None:
    _, card = await scene.post()
    await complete_download(scene.app, await start_download(scene.app))
    shown = await scene.shows(card, "Download complete!")
    scene.discord.faults.reset("DELETE /channels/*/messages/*", count=None)
    assert "did not let me delete all of it" in await scene.press("ada", shown, "delete")
    scene.discord.faults.clear()
    assert await scene.press("ada", shown, "delete") == "🗑️ Deleted."
    await scene.general.wait_until_deleted(card)


async def test_buttons_survive_a_restart(local_discord: LocalDiscord, tmp_path: Path) -> None:
    async with a_scene(local_discord, tmp_path) as before:
        item, card = await before.post()
    async with a_scene(local_discord, tmp_path) as after:
        assert await after.press("ada", card, "pause") == f"⏸️ Paused. Job `{item.short_id}`."
        await after.shows(card, "Paused")


async def test_many_edits_kill_no_other_card_s_buttons(scene: Scene) -> None:
    first, card = await scene.post("ada", 1)
    _, other = await scene.post("ada", 2)
    for _ in range(5):
        await scene.press("ada", card, "pause")
        await scene.shows(card, "Paused")
        await scene.press("ada", card, "resume")
        await scene.shows(card, "Queued")
        await asyncio.sleep(0.06)
    assert "Paused" in await scene.press("ada", other, "pause")
    assert text(scene.general.message(card)).count(first.short_id) == 1


@pytest.mark.parametrize(
    ("job", "action", "told"),
    [
        ("{job}", "explode", "That button is from another version of me. Use the newest card."),
        ("f" * 32, "cancel", "I don't know that download any more."),
    ],
)
async def test_buttons_that_lead_nowhere_are_answered(scene: Scene, job: str, action: str, told: str) -> None:
    item, _ = await scene.post()
    view = discord.ui.View()
    custom_id = f"bb:j:{job.format(job=item.id.hex)}:{action}"
    view.add_item(discord.ui.Button(label="Old", custom_id=custom_id))
    channel = scene.bot.get_partial_messageable(scene.general.id)
    old = await channel.send("old", view=view)
    exchange = await scene.user("ada").press(scene.general.message(Snowflake(old.id)), label="Old")
    assert (await exchange.reply()).content == told


async def test_a_slow_action_asks_for_time(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(respond, "ACKNOWLEDGE_AFTER_S", 0.05)
    _, card = await scene.post()
    async with scene.app.services.database.begin():
        # A writer keeps the pause waiting.
        exchange = await scene.user("ada").press(scene.general.message(card), "Pause")
        answered = await exchange.wait_for_answer()
        assert answered.answer is AnswerKind.DEFERRED_MESSAGE
    assert (await exchange.reply()).content.startswith("⏸️ Paused.")


async def test_a_bug_is_answered_and_logged(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    item, card = await scene.post()
    broken = mock.create_autospec(scene.cards.details, side_effect=ZeroDivisionError)
    monkeypatch.setattr(scene.cards, "details", broken)
    assert await scene.press("ada", card, "details") == f"💥 Something broke on my side. Job `{item.short_id}`."


async def test_a_full_queue_refuses_a_retry_in_words(scene: Scene) -> None:
    _, card = await scene.post()
    await fail_download(scene.app, await start_download(scene.app))
    await scene.shows(card, "Download failed")
    for number in range(2, 52):
        await submit_download(scene.app, number, user_id=number)
    told = await scene.press("ada", card, "retry")
    assert told.startswith("🕒 ")
    assert "full" in told


@pytest.mark.parametrize("applied", [False, True])
async def test_an_answer_whose_connection_broke_is_shown_once(scene: Scene, *, applied: bool) -> None:
    item, card = await scene.post()
    scene.discord.faults.reset("POST /interactions/**", applied=applied)
    exchange = await scene.user("ada").press(scene.general.message(card), "Details")
    assert f"**Job `{item.short_id}`**" in (await exchange.reply()).content
    # What is said next comes after whatever would have been said twice.
    assert "Paused" in await scene.press("ada", card, "pause")
    posted = [each.event.message for each in scene.discord.transcript if isinstance(each.event, MessageCreated)]
    assert sum("Priority: Normal" in message.content for message in posted) == 1


async def test_an_answer_that_discord_does_not_take_changes_nothing(scene: Scene) -> None:
    item, card = await scene.post()
    scene.discord.faults.reset("POST /interactions/**", count=None)
    await scene.user("ada").press(scene.general.message(card), "Cancel")
    await scene.shows(card, "Cancelled")
    assert await _status(scene, item.id) is DownloadStatus.CANCELLED
