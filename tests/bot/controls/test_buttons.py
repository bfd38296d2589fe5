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
from tests.bot.controls.harness import CardHarness, custom_ids, open_harness, text


async def _status(harness: CardHarness, item_id: UUID) -> DownloadStatus:
    return (await harness.app.services.queue.reader.get(item_id)).status


async def test_pause_resume_and_cancel(harness: CardHarness) -> None:
    item, card = await harness.post()
    assert custom_ids(card) == [f"bb:j:{item.id.hex}:{action}" for action in ("pause", "cancel", "details")]
    assert await harness.press("ada", card, "pause") == f"⏸️ Paused. Job `{item.short_id}`."
    await harness.shows(card, "Paused")
    assert (
        await harness.press("ada", card, "resume") == f"▶️ It goes on as soon as there is room. Job `{item.short_id}`."
    )
    await harness.shows(card, "Queued")
    assert await harness.press("ada", card, "cancel") == f"⏹️ Cancelled. Job `{item.short_id}`."
    shown = await harness.shows(card, "Cancelled")
    assert [each.rpartition(":")[2] for each in custom_ids(shown)] == ["retry", "details", "delete"]


async def test_pausing_and_cancelling_a_running_download_is_confirmed(harness: CardHarness) -> None:
    item, card = await harness.post()
    await start_download(harness.app)
    await harness.shows(card, "Downloading")
    assert await harness.press("ada", card, "pause") == f"⏸️ Pausing… Job `{item.short_id}`."
    assert await harness.press("ada", card, "cancel") == f"⏹️ Cancelling… Job `{item.short_id}`."
    assert await harness.press("ada", card, "cancel") == f"It is already being cancelled. Job `{item.short_id}`."


async def test_every_action_can_be_repeated(harness: CardHarness) -> None:
    item, card = await harness.post()
    first = card
    assert "Paused" in await harness.press("ada", card, "pause")
    assert await _press_earlier_state(harness, first, "pause") == f"It is already paused. Job `{item.short_id}`."
    assert "Cancelled" in await _press_earlier_state(harness, first, "cancel")
    assert (
        await _press_earlier_state(harness, first, "cancel")
        == f"It is already cancelled. Retry starts it again. Job `{item.short_id}`."
    )


async def _press_earlier_state(harness: CardHarness, earlier: Message, action: str) -> str:
    """Press a button of an earlier state of a card, as a user whose client has not shown the newest one."""
    exchange = await harness.user("ada").press(earlier, custom_id=f"{custom_ids(earlier)[0][:37]}:{action}")
    return (await exchange.reply()).content


async def test_a_finished_download_cannot_be_cancelled(harness: CardHarness) -> None:
    item, card = await harness.post()
    await complete_download(harness.app, await start_download(harness.app))
    assert await _press_earlier_state(harness, card, "cancel") == f"It is already finished. Job `{item.short_id}`."


@pytest.mark.parametrize(("who", "may"), [("ada", True), ("milo", True), ("olivia", True), ("bob", False)])
async def test_requester_moderator_and_owner_may_cancel_and_others_are_refused(
    harness: CardHarness, who: str, *, may: bool
) -> None:
    item, card = await harness.post("ada")
    told = await harness.press(who, card, "cancel")
    assert (await _status(harness, item.id) is DownloadStatus.CANCELLED) == may
    only = f"Only <@{harness.user('ada').id}>, a moderator or the bot's owner can do that. Job `{item.short_id}`."
    assert (told == only) != may


async def test_all_users_may_see_details(harness: CardHarness) -> None:
    item, card = await harness.post("ada")
    assert f"**Job `{item.short_id}`** · queued" in await harness.press("bob", card, "details")


async def test_a_retry_continues_on_the_same_card(harness: CardHarness) -> None:
    item, card = await harness.post()
    await fail_download(harness.app, await start_download(harness.app))
    await harness.shows(card, "I couldn't reach")
    assert await harness.press("ada", card, "retry") == f"🔄 It is in the queue again. Job `{item.short_id}`."
    await harness.shows(card, "Queued")
    assert await _status(harness, item.id) is DownloadStatus.QUEUED


async def test_a_retry_follows_the_current_access_rules(harness: CardHarness) -> None:
    item, card = await harness.post()
    await fail_download(harness.app, await start_download(harness.app))
    await harness.shows(card, "I couldn't reach")
    guild, chat_settings = harness.discord.guild().id, harness.app.services.chat_settings
    await chat_settings.change_guild_setting(guild, "blocked-channels", f"<#{harness.general.id}>")
    assert "Downloads are switched off in this channel." in await harness.press("ada", card, "retry")
    assert await _status(harness, item.id) is DownloadStatus.FAILED
    await chat_settings.change_guild_setting(guild, "blocked-channels", "none")
    assert "It is in the queue again" in await harness.press("ada", card, "retry")


async def test_delete_removes_the_card(harness: CardHarness) -> None:
    _, card = await harness.post()
    await complete_download(harness.app, await start_download(harness.app))
    await harness.shows(card, "Download complete!")
    assert await harness.press("ada", card, "delete") == "🗑️ Deleted."
    await harness.general.wait_until_deleted(card)


async def test_a_failed_deletion_is_reported_as_failed(harness: CardHarness) -> None:
    _, card = await harness.post()
    await complete_download(harness.app, await start_download(harness.app))
    shown = await harness.shows(card, "Download complete!")
    harness.discord.faults.reset("DELETE /channels/*/messages/*", count=None)
    assert "did not let me delete all of it" in await harness.press("ada", shown, "delete")
    harness.discord.faults.clear()
    assert await harness.press("ada", shown, "delete") == "🗑️ Deleted."
    await harness.general.wait_until_deleted(card)


async def test_buttons_survive_a_restart(local_discord: LocalDiscord, tmp_path: Path) -> None:
    async with open_harness(local_discord, tmp_path) as before:
        item, card = await before.post()
    async with open_harness(local_discord, tmp_path) as after:
        assert await after.press("ada", card, "pause") == f"⏸️ Paused. Job `{item.short_id}`."
        await after.shows(card, "Paused")


async def test_many_edits_do_not_break_the_buttons_of_other_cards(harness: CardHarness) -> None:
    first, card = await harness.post("ada", 1)
    _, other = await harness.post("ada", 2)
    for _ in range(5):
        await harness.press("ada", card, "pause")
        await harness.shows(card, "Paused")
        await harness.press("ada", card, "resume")
        await harness.shows(card, "Queued")
        await asyncio.sleep(0.06)
    assert "Paused" in await harness.press("ada", other, "pause")
    assert text(harness.general.message(card)).count(first.short_id) == 1


@pytest.mark.parametrize(
    ("job", "action", "told"),
    [
        ("{job}", "explode", "That button is from another version of me. Use the newest card."),
        ("f" * 32, "cancel", "I don't know that download any more."),
    ],
)
async def test_buttons_with_unknown_actions_or_downloads_are_answered(
    harness: CardHarness, job: str, action: str, told: str
) -> None:
    item, _ = await harness.post()
    view = discord.ui.View()
    custom_id = f"bb:j:{job.format(job=item.id.hex)}:{action}"
    view.add_item(discord.ui.Button(label="Old", custom_id=custom_id))
    channel = harness.bot.get_partial_messageable(harness.general.id)
    old = await channel.send("old", view=view)
    exchange = await harness.user("ada").press(harness.general.message(Snowflake(old.id)), label="Old")
    assert (await exchange.reply()).content == told


async def test_a_slow_action_is_deferred(harness: CardHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(respond, "ACKNOWLEDGE_AFTER_S", 0.05)
    _, card = await harness.post()
    async with harness.app.services.database.begin():
        # A writer keeps the pause waiting.
        exchange = await harness.user("ada").press(harness.general.message(card), "Pause")
        answered = await exchange.wait_for_answer()
        assert answered.answer is AnswerKind.DEFERRED_MESSAGE
    assert (await exchange.reply()).content.startswith("⏸️ Paused.")


async def test_a_bug_is_answered_and_logged(harness: CardHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    item, card = await harness.post()
    broken = mock.create_autospec(harness.cards.details, side_effect=ZeroDivisionError)
    monkeypatch.setattr(harness.cards, "details", broken)
    assert await harness.press("ada", card, "details") == f"💥 Something broke on my side. Job `{item.short_id}`."


async def test_a_full_queue_refuses_a_retry_with_a_sentence(harness: CardHarness) -> None:
    _, card = await harness.post()
    await fail_download(harness.app, await start_download(harness.app))
    await harness.shows(card, "Download failed")
    for number in range(2, 52):
        await submit_download(harness.app, number, user_id=number)
    told = await harness.press("ada", card, "retry")
    assert told.startswith("🕒 ")
    assert "full" in told


@pytest.mark.parametrize("applied", [False, True])
async def test_an_answer_is_shown_once_after_a_broken_connection(harness: CardHarness, *, applied: bool) -> None:
    item, card = await harness.post()
    harness.discord.faults.reset("POST /interactions/**", applied=applied)
    exchange = await harness.user("ada").press(harness.general.message(card), "Details")
    assert f"**Job `{item.short_id}`**" in (await exchange.reply()).content
    # What is said next comes after whatever would have been said twice.
    assert "Paused" in await harness.press("ada", card, "pause")
    posted = [each.event.message for each in harness.discord.transcript if isinstance(each.event, MessageCreated)]
    assert sum("Priority: Normal" in message.content for message in posted) == 1


async def test_an_action_is_performed_when_its_answer_is_lost(harness: CardHarness) -> None:
    item, card = await harness.post()
    harness.discord.faults.reset("POST /interactions/**", count=None)
    await harness.user("ada").press(harness.general.message(card), "Cancel")
    await harness.shows(card, "Cancelled")
    assert await _status(harness, item.id) is DownloadStatus.CANCELLED
