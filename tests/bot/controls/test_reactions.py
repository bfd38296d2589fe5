"""Reactions on cards: those of users, and those that the bot adds."""

import asyncio
from pathlib import Path

import pytest

from boss_bot_core.bot.controls.actions import ControlAction, action_from_emoji
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_sandbox.discord import LocalDiscord, Permission
from boss_bot_sandbox.discord.fault_injection import SEND
from tests.bot.cards.harness import fail_download, start_download
from tests.bot.controls.harness import CardHarness, custom_ids, open_harness


@pytest.mark.parametrize(
    ("emoji", "action"),
    [
        ("⏸️", ControlAction.PAUSE),
        ("⏸", ControlAction.PAUSE),
        ("▶️", ControlAction.RESUME),
        ("⏹", ControlAction.CANCEL),
        ("\N{INFORMATION SOURCE}", ControlAction.DETAILS),
        ("🔄", ControlAction.RETRY),
        ("🗑️", None),
        ("🎉", None),
        ("", None),
    ],
)
def test_reactions_stand_for_actions(emoji: str, action: ControlAction | None) -> None:
    assert action_from_emoji(emoji) is action


async def test_the_prds_reactions_do_the_same_as_the_buttons(harness: CardHarness) -> None:
    item, card = await harness.post()
    ada = harness.user("ada")
    await ada.react(card, "⏸️")
    await harness.shows(card, "Paused")
    await ada.react(card, "▶️")
    await harness.shows(card, "Queued")
    await ada.react(card, "\N{INFORMATION SOURCE}️")
    details = await harness.general.wait_for(lambda one: "Priority: Normal" in one.content)
    assert details.reply_to_id == card.id
    assert details.mention_ids == ()
    await fail_download(harness.app, await start_download(harness.app))
    await harness.shows(card, "Download failed")
    await ada.react(card, "🔄")
    await harness.shows(card, "Queued")
    await ada.react(card, "⏹️")
    await harness.shows(card, "Cancelled")
    assert (await harness.app.services.queue.reader.get(item.id)).status is DownloadStatus.CANCELLED


@pytest.mark.parametrize("trouble", ["502 applied", "reset", "reset applied"])
async def test_a_reaction_is_answered_once_after_a_fault(harness: CardHarness, trouble: str) -> None:
    _, card = await harness.post()
    applied, faults = trouble.endswith("applied"), harness.discord.faults
    faults.reset(SEND, applied=applied) if trouble.startswith("reset") else faults.error(502, SEND, applied=applied)
    await harness.user("ada").react(card, "\N{INFORMATION SOURCE}️")
    await harness.general.wait_for(lambda one: "Priority: Normal" in one.content)
    await harness.user("ada").react(card, "⏸️")
    await harness.general.wait_for(lambda one: "Paused. Job" in one.content)
    assert sum("Priority: Normal" in one.content for one in harness.general.messages) == 1


async def test_the_answer_is_no_reply_without_the_channels_history(harness: CardHarness) -> None:
    _, card = await harness.post()
    harness.discord.admin.withdraw(harness.general, Permission.READ_MESSAGE_HISTORY)
    await harness.user("ada").react(card, "\N{INFORMATION SOURCE}️")
    details = await harness.general.wait_for(lambda one: "Priority: Normal" in one.content)
    assert details.reply_to_id is None


async def test_only_moderators_among_other_users_may_react_to_cancel(harness: CardHarness) -> None:
    item, card = await harness.post("ada")
    await harness.user("bob").react(card, "⏹️")
    refusal = await harness.general.wait_for(lambda one: "Only <@" in one.content)
    assert refusal.reply_to_id == card.id
    assert (await harness.app.services.queue.reader.get(item.id)).status is DownloadStatus.QUEUED
    await harness.user("milo").react(card, "⏹️")
    await harness.shows(card, "Cancelled")


async def test_reactions_on_other_messages_and_with_other_emoji_are_ignored(harness: CardHarness) -> None:
    _, card = await harness.post()
    ada = harness.user("ada")
    said = await ada.say(harness.general, "hello")
    await ada.react(said, "⏹️")
    await ada.react(card, "🎉")
    # A later reaction that means something is answered, and is the only one.
    await ada.react(card, "⏸️")
    await harness.general.wait_for(lambda one: "Paused. Job" in one.content)
    assert len(harness.general.messages) == 3


async def test_reactions_on_cards_from_before_a_restart_work(local_discord: LocalDiscord, tmp_path: Path) -> None:
    async with open_harness(local_discord, tmp_path) as before:
        _, card = await before.post()
    async with open_harness(local_discord, tmp_path) as after:
        await after.user("ada").react(card, "⏹️")
        await after.shows(card, "Cancelled")


@pytest.mark.parametrize(
    ("controls", "offered", "buttons"),
    [("buttons", 0, 3), ("reactions", 3, 0), ("both", 3, 3)],
)
async def test_the_setting_chooses_buttons_or_reactions(
    local_discord: LocalDiscord, tmp_path: Path, controls: str, offered: int, buttons: int
) -> None:
    async with open_harness(local_discord, tmp_path, controls) as harness:  # type: ignore[arg-type]  # one of its words
        _, card = await harness.post()
        await harness.general.wait_for(lambda one: one.id == card.id and len(custom_ids(one)) == buttons)
        async with asyncio.timeout(20):
            while len(harness.general.message(card).reactions) < offered:
                await asyncio.sleep(0.02)
        # The next edit comes after everything that follows the first one, and offers the same.
        await start_download(harness.app)
        now = await harness.shows(card, "Downloading")
        assert (len(now.reactions), len(custom_ids(now))) == (offered, buttons)


async def test_own_reactions_are_ignored_and_each_state_adds_its_own(
    local_discord: LocalDiscord, tmp_path: Path
) -> None:
    async with open_harness(local_discord, tmp_path, "reactions") as harness:
        item, card = await harness.post()
        await fail_download(harness.app, await start_download(harness.app))
        async with asyncio.timeout(30):
            while not any(each.emoji == "🔄" for each in harness.general.message(card).reactions):
                await asyncio.sleep(0.02)
        assert (await harness.app.services.queue.reader.get(item.id)).status is DownloadStatus.FAILED
        assert len(harness.general.messages) == 1
