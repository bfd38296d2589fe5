"""Reactions on cards, and those that the bot offers itself."""

import asyncio
from pathlib import Path

import pytest

from boss_bot_core.bot.controls.actions import ControlAction, action_from_emoji
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_sandbox.discord import LocalDiscord, Permission
from boss_bot_sandbox.discord.fault_injection import SEND
from tests.bot.cards.harness import fail_download, start_download
from tests.bot.controls.scene import Scene, a_scene, custom_ids


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
def test_signs(emoji: str, action: ControlAction | None) -> None:
    assert action_from_emoji(emoji) is action


async def test_the_prd_s_reactions_do_what_the_buttons_do(scene: Scene) -> None:
    item, card = await scene.post()
    ada = scene.user("ada")
    await ada.react(card, "⏸️")
    await scene.shows(card, "Paused")
    await ada.react(card, "▶️")
    await scene.shows(card, "Queued")
    await ada.react(card, "\N{INFORMATION SOURCE}️")
    details = await scene.general.wait_for(lambda one: "Priority: Normal" in one.content)
    assert details.reply_to_id == card.id
    assert details.mention_ids == ()
    await fail_download(scene.app, await start_download(scene.app))
    await scene.shows(card, "Download failed")
    await ada.react(card, "🔄")
    await scene.shows(card, "Queued")
    await ada.react(card, "⏹️")
    await scene.shows(card, "Cancelled")
    assert (await scene.app.services.queue.reader.get(item.id)).status is DownloadStatus.CANCELLED


@pytest.mark.parametrize("trouble", ["502 applied", "reset", "reset applied"])
async def test_an_answer_to_a_reaction_comes_once_whatever_happens_to_it(scene: Scene, trouble: str) -> None:
    _, card = await scene.post()
    applied, faults = trouble.endswith("applied"), scene.discord.faults
    faults.reset(SEND, applied=applied) if trouble.startswith("reset") else faults.error(502, SEND, applied=applied)
    await scene.user("ada").react(card, "\N{INFORMATION SOURCE}️")
    await scene.general.wait_for(lambda one: "Priority: Normal" in one.content)
    await scene.user("ada").react(card, "⏸️")
    await scene.general.wait_for(lambda one: "Paused. Job" in one.content)
    assert sum("Priority: Normal" in one.content for one in scene.general.messages) == 1


async def test_without_the_channel_s_history_reactions_are_answered_below(scene: Scene) -> None:
    _, card = await scene.post()
    scene.discord.admin.withdraw(scene.general, Permission.READ_MESSAGE_HISTORY)
    await scene.user("ada").react(card, "\N{INFORMATION SOURCE}️")
    details = await scene.general.wait_for(lambda one: "Priority: Normal" in one.content)
    assert details.reply_to_id is None


async def test_others_reactions_change_nothing_and_moderators_do(scene: Scene) -> None:
    item, card = await scene.post("ada")
    await scene.user("bob").react(card, "⏹️")
    refusal = await scene.general.wait_for(lambda one: "Only <@" in one.content)
    assert refusal.reply_to_id == card.id
    assert (await scene.app.services.queue.reader.get(item.id)).status is DownloadStatus.QUEUED
    await scene.user("milo").react(card, "⏹️")
    await scene.shows(card, "Cancelled")


async def test_other_messages_and_other_signs_are_none_of_our_business(scene: Scene) -> None:
    _, card = await scene.post()
    ada = scene.user("ada")
    said = await ada.say(scene.general, "hello")
    await ada.react(said, "⏹️")
    await ada.react(card, "🎉")
    await scene.bot.wait_for_event("raw_reaction_add", 2)
    await asyncio.sleep(0.1)
    assert len(scene.general.messages) == 2


async def test_a_card_from_before_a_restart_still_listens(local_discord: LocalDiscord, tmp_path: Path) -> None:
    async with a_scene(local_discord, tmp_path) as before:
        _, card = await before.post()
    async with a_scene(local_discord, tmp_path) as after:
        await after.user("ada").react(card, "⏹️")
        await after.shows(card, "Cancelled")


@pytest.mark.parametrize(
    ("controls", "offered", "buttons"),
    [("buttons", 0, 3), ("reactions", 3, 0), ("both", 3, 3)],
)
async def test_the_setting_decides_what_is_offered(
    local_discord: LocalDiscord, tmp_path: Path, controls: str, offered: int, buttons: int
) -> None:
    async with a_scene(local_discord, tmp_path, controls) as scene:  # type: ignore[arg-type]  # one of its words
        _, card = await scene.post()
        await scene.general.wait_for(lambda one: one.id == card.id and len(custom_ids(one)) == buttons)
        async with asyncio.timeout(20):
            while len(scene.general.message(card).reactions) < offered:
                await asyncio.sleep(0.02)
        # Nothing else is added to it either.
        await asyncio.sleep(0.3)
        now = scene.general.message(card)
        assert (len(now.reactions), len(custom_ids(now))) == (offered, buttons)


async def test_own_reactions_do_nothing_and_new_states_bring_theirs(
    local_discord: LocalDiscord, tmp_path: Path
) -> None:
    async with a_scene(local_discord, tmp_path, "reactions") as scene:
        item, card = await scene.post()
        await fail_download(scene.app, await start_download(scene.app))
        async with asyncio.timeout(5):
            while not any(each.emoji == "🔄" for each in scene.general.message(card).reactions):
                await asyncio.sleep(0.02)
        assert (await scene.app.services.queue.reader.get(item.id)).status is DownloadStatus.FAILED
        assert len(scene.general.messages) == 1
