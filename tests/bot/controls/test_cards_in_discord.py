"""Cards in a real client: what they look like, how they are paced, and what Discord's faults do to them."""

import asyncio
from itertools import pairwise
from pathlib import Path
from uuid import UUID

import pytest

from boss_bot_core.bot.cards import message_api as surface_module
from boss_bot_core.bot.cards.edit_timing import EditLimits
from boss_bot_core.domain.backoff import Backoff
from boss_bot_core.domain.events import JobDescribed, JobProgressed
from boss_bot_core.domain.media import MediaInfo
from boss_bot_sandbox.discord import LocalDiscord, Permission
from boss_bot_sandbox.discord.events import MessageEdited, RequestServed
from boss_bot_sandbox.discord.fault_injection import EDIT
from boss_bot_sandbox.discord.model.message import Message
from tests.bot.cards.factories import an_update
from tests.bot.cards.harness import begun, completed
from tests.bot.controls.scene import Scene, a_scene, custom_ids, text

HOSTILE = "@everyone **[x](https://evil.example)** <@1> ```\u202eabc " + "y" * 10_240


async def test_a_card_goes_from_queued_to_done_in_one_message(scene: Scene) -> None:
    item, card = await scene.post()
    assert text(card).splitlines()[:3] == ["🕒 Queued · x.com", "Starting download...", "Queue position: 1"]
    running = await begun(scene.app)
    scene.app.bus.publish(JobProgressed(item=running, update=an_update(item_id=item.id)))
    shown = await scene.shows(card, "52%")
    assert "Downloading: funny_cat_video.mp4\nProgress: [==========>         ] 52% · 12.4 / 23.8 MB" in text(shown)
    await completed(scene.app, running)
    done = await scene.shows(card, "Download complete!")
    assert "Size: 2.3MB\n" in text(done)
    assert [each.rpartition(":")[2] for each in custom_ids(done)] == ["delete"]
    ping = await scene.general.wait_for(lambda one: one.reply_to_id == card.id)
    assert ping.mention_ids == (scene.user("ada").id,)
    assert len(scene.general.messages) == 2


async def test_a_hostile_title_changes_nothing_but_the_title(scene: Scene) -> None:
    _, card = await scene.post()
    running = await begun(scene.app)
    described = await scene.app.services.queue.claims.describe(running, MediaInfo(title=HOSTILE))
    scene.app.bus.publish(JobDescribed(item=described, media=MediaInfo(title=HOSTILE)))
    shown = await scene.shows(card, "everyone")
    assert "@everyone" not in text(shown)
    assert "https://evil" not in text(shown)
    assert "\u202e" not in text(shown)
    assert (shown.mention_ids, shown.mention_everyone) == ((), False)
    assert len(text(shown)) < 700
    assert text(shown).count("```") == 2


async def test_without_embed_links_the_card_is_text(scene: Scene) -> None:
    _, card = await scene.post(embeds=False)
    assert card.embeds == ()
    assert card.content.startswith("**🕒 Queued · x.com**\nStarting download...\n")
    await begun(scene.app)
    shown = await scene.shows(card, "Downloading")
    assert shown.embeds == ()
    assert shown.mention_ids == ()
    assert len(custom_ids(shown)) == 3


async def test_a_withdrawn_permission_turns_the_card_into_text(scene: Scene) -> None:
    _, card = await scene.post()
    scene.discord.admin.withdraw(scene.general, Permission.EMBED_LINKS)
    await begun(scene.app)
    shown = await scene.shows(card, "**⬇ Downloading · x.com**")
    assert shown.embeds == ()


async def test_without_the_channel_s_history_the_requester_is_told_below(scene: Scene) -> None:
    await scene.post()
    scene.discord.admin.withdraw(scene.general, Permission.READ_MESSAGE_HISTORY)
    await completed(scene.app, await begun(scene.app))
    ping = await scene.general.wait_for(lambda one: one.mention_ids == (scene.user("ada").id,))
    assert ping.reply_to_id is None


@pytest.mark.parametrize("fault", ["429", "global 429", "502", "502 applied", "reset", "reset applied"])
async def test_faults_delay_an_edit_and_nothing_else(scene: Scene, fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("boss_bot_core.bot.cards.edit_scheduler.FAILED_EDIT_BACKOFF", Backoff(initial_s=0.1))
    _, card = await scene.post()
    faults, applied = scene.discord.faults, fault.endswith("applied")
    if "429" in fault:
        faults.rate_limit(EDIT, 0.1, everywhere=fault.startswith("global"))
    elif "502" in fault:
        faults.error(502, EDIT, applied=applied)
    else:
        faults.reset(EDIT, applied=applied)
    await completed(scene.app, await begun(scene.app))
    await scene.shows(card, "Download complete!")
    assert not faults.plan.pending
    assert not text(scene.general.message(card)).startswith("🕒")


async def test_a_minute_without_discord_is_caught_up_on(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("boss_bot_core.bot.cards.edit_scheduler.FAILED_EDIT_BACKOFF", Backoff(initial_s=0.2))
    _, card = await scene.post()
    scene.discord.faults.reset(EDIT, count=None)
    running = await begun(scene.app)
    await asyncio.sleep(0.5)
    await completed(scene.app, running)
    await asyncio.sleep(0.5)
    assert text(scene.general.message(card)).startswith("🕒 Queued")
    scene.discord.faults.clear()
    await scene.shows(card, "Download complete!")


async def test_a_deleted_card_is_left_alone(scene: Scene) -> None:
    item, card = await scene.post()
    scene.discord.admin.delete_message(card)
    running = await begun(scene.app)
    async with asyncio.timeout(5):
        while await _is_kept(scene, item.id):
            await asyncio.sleep(0.02)
    edits = len(_edits_asked(scene))
    await completed(scene.app, running)
    await asyncio.sleep(0.3)
    assert len(_edits_asked(scene)) == edits


async def _is_kept(scene: Scene, item_id: UUID) -> bool:
    async with scene.app.services.database.connect() as tx:
        return await tx.cards.find_for_item(item_id) is not None


def _edits_asked(scene: Scene) -> list[RequestServed]:
    served = [entry.event for entry in scene.discord.transcript if isinstance(entry.event, RequestServed)]
    return [one for one in served if one.method == "PATCH"]


async def test_a_deleted_channel_hurts_nobody(scene: Scene) -> None:
    item, _ = await scene.post()
    scene.discord.admin.delete_channel(scene.general)
    await completed(scene.app, await begun(scene.app))
    async with asyncio.timeout(5):
        while await _is_kept(scene, item.id):
            await asyncio.sleep(0.02)


async def test_a_slow_request_is_given_up_and_tried_again(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surface_module, "REQUEST_TIMEOUT_S", 0.2)
    monkeypatch.setattr("boss_bot_core.bot.cards.edit_scheduler.FAILED_EDIT_BACKOFF", Backoff(initial_s=0.1))
    _, card = await scene.post()
    scene.discord.faults.slow(2.0, EDIT)
    await completed(scene.app, await begun(scene.app))
    await scene.shows(card, "Download complete!")


async def test_edits_keep_their_distance(local_discord: LocalDiscord, tmp_path: Path) -> None:
    pace = EditLimits(card_interval_s=0.5, channel_interval_s=0.15)
    async with a_scene(local_discord, tmp_path, pace=pace) as scene:
        cards = [await scene.post("ada", number) for number in range(3)]
        running = [await begun(scene.app) for _ in range(2)]
        for tick in range(20):
            for item in running:
                update = an_update(item_id=item.id, bytes_downloaded=1_000_000 * (1 + tick))
                scene.app.bus.publish(JobProgressed(item=item, update=update))
            await asyncio.sleep(0.1)
        await asyncio.sleep(0.6)
        times = {card.id: _edited_at(scene, card) for _, card in cards}
    for of_one in times.values():
        assert all(after - before >= 0.45 for before, after in pairwise(of_one))
    everything = sorted(at for of_one in times.values() for at in of_one)
    assert len(everything) >= 6
    assert all(after - before >= 0.1 for before, after in pairwise(everything))


def _edited_at(scene: Scene, card: Message) -> list[float]:
    told = [(entry.at_s, entry.event) for entry in scene.discord.transcript]
    return [at_s for at_s, event in told if isinstance(event, MessageEdited) and event.message.id == card.id]
