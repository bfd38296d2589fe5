"""Cards of a real client in a local Discord: their appearance, the intervals between edits, and Discord's faults."""

import asyncio
from itertools import pairwise
from pathlib import Path
from uuid import UUID

import pytest

from boss_bot_core.bot.cards import message_api
from boss_bot_core.bot.cards.edit_timing import EditLimits
from boss_bot_core.domain.clock import Backoff
from boss_bot_core.domain.events import JobDescribed, JobProgressed
from boss_bot_core.domain.media import MediaInfo
from boss_bot_sandbox.discord import LocalDiscord, Permission
from boss_bot_sandbox.discord.events import FaultHappened, MessageEdited, RequestServed
from boss_bot_sandbox.discord.fault_injection import EDIT
from boss_bot_sandbox.discord.model.message import Message
from tests.bot.cards.factories import build_progress
from tests.bot.cards.harness import complete_download, start_download
from tests.bot.controls.harness import CardHarness, custom_ids, open_harness, text

HOSTILE = "@everyone **[x](https://evil.example)** <@1> ```\u202eabc " + "y" * 10_240


async def test_one_message_shows_a_download_from_queued_to_completed(harness: CardHarness) -> None:
    item, card = await harness.post()
    assert text(card).splitlines()[:3] == ["🕒 Queued · x.com", "Starting download...", "Queue position: 1"]
    running = await start_download(harness.app)
    harness.app.bus.publish(JobProgressed(item=running, update=build_progress(item_id=item.id)))
    shown = await harness.shows(card, "52%")
    assert "Downloading: funny_cat_video.mp4\nProgress: [==========>         ] 52% · 12.4 / 23.8 MB" in text(shown)
    await complete_download(harness.app, running)
    done = await harness.shows(card, "Download complete!")
    assert "Size: 2.3MB\n" in text(done)
    assert [each.rpartition(":")[2] for each in custom_ids(done)] == ["delete"]
    ping = await harness.general.wait_for(lambda one: one.reply_to_id == card.id)
    assert ping.mention_ids == (harness.user("ada").id,)
    assert len(harness.general.messages) == 2


async def test_a_hostile_title_changes_only_the_title(harness: CardHarness) -> None:
    _, card = await harness.post()
    running = await start_download(harness.app)
    described = await harness.app.services.queue.claims.describe(running, MediaInfo(title=HOSTILE))
    harness.app.bus.publish(JobDescribed(item=described, media=MediaInfo(title=HOSTILE)))
    shown = await harness.shows(card, "everyone")
    assert "@everyone" not in text(shown)
    assert "https://evil" not in text(shown)
    assert "\u202e" not in text(shown)
    assert (shown.mention_ids, shown.mention_everyone) == ((), False)
    assert len(text(shown)) < 700
    assert text(shown).count("```") == 2


async def test_a_card_without_the_permission_to_embed_is_plain_text(harness: CardHarness) -> None:
    _, card = await harness.post(embeds=False)
    assert card.embeds == ()
    assert card.content.startswith("**🕒 Queued · x.com**\nStarting download...\n")
    await start_download(harness.app)
    shown = await harness.shows(card, "Downloading")
    assert shown.embeds == ()
    assert shown.mention_ids == ()
    assert len(custom_ids(shown)) == 3


async def test_a_card_becomes_plain_text_when_the_permission_is_withdrawn(harness: CardHarness) -> None:
    _, card = await harness.post()
    harness.discord.admin.withdraw(harness.general, Permission.EMBED_LINKS)
    await start_download(harness.app)
    shown = await harness.shows(card, "**⬇ Downloading · x.com**")
    assert shown.embeds == ()


async def test_the_ping_is_no_reply_without_the_permission_to_read_the_history(harness: CardHarness) -> None:
    await harness.post()
    harness.discord.admin.withdraw(harness.general, Permission.READ_MESSAGE_HISTORY)
    await complete_download(harness.app, await start_download(harness.app))
    ping = await harness.general.wait_for(lambda one: one.mention_ids == (harness.user("ada").id,))
    assert ping.reply_to_id is None


@pytest.mark.parametrize("fault", ["429", "global 429", "502", "502 applied", "reset", "reset applied"])
async def test_a_fault_only_delays_an_edit(harness: CardHarness, fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("boss_bot_core.bot.cards.edit_scheduler.FAILED_EDIT_BACKOFF", Backoff(initial_s=0.1))
    _, card = await harness.post()
    faults, applied = harness.discord.faults, fault.endswith("applied")
    if "429" in fault:
        faults.rate_limit(EDIT, 0.1, everywhere=fault.startswith("global"))
    elif "502" in fault:
        faults.error(502, EDIT, applied=applied)
    else:
        faults.reset(EDIT, applied=applied)
    await complete_download(harness.app, await start_download(harness.app))
    await harness.shows(card, "Download complete!")
    assert not faults.plan.pending
    assert not text(harness.general.message(card)).startswith("🕒")


async def test_a_card_is_up_to_date_after_an_outage(harness: CardHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("boss_bot_core.bot.cards.edit_scheduler.FAILED_EDIT_BACKOFF", Backoff(initial_s=0.2))
    _, card = await harness.post()
    harness.discord.faults.reset(EDIT, count=None)
    running = await start_download(harness.app)
    await harness.discord.wait_for(FaultHappened, start=0)
    await complete_download(harness.app, running)
    for _ in range(2):
        await harness.discord.wait_for(FaultHappened)
    assert text(harness.general.message(card)).startswith("🕒 Queued")
    harness.discord.faults.clear()
    await harness.shows(card, "Download complete!")


async def test_a_deleted_card_is_not_edited_again(harness: CardHarness) -> None:
    item, card = await harness.post()
    harness.discord.admin.delete_message(card)
    running = await start_download(harness.app)
    async with asyncio.timeout(30):
        while await _has_record(harness, item.id):
            await asyncio.sleep(0.02)
    edits = _edits_of(harness, card)
    await complete_download(harness.app, running)
    # The events of a later download are handled after those of this one.
    _, later = await harness.post(number=2)
    await complete_download(harness.app, await start_download(harness.app))
    await harness.shows(later, "Download complete!")
    assert _edits_of(harness, card) == edits


def _edits_of(harness: CardHarness, card: Message) -> int:
    return sum(str(card.id) in request.path for request in _edit_requests(harness))


async def _has_record(harness: CardHarness, item_id: UUID) -> bool:
    async with harness.app.services.database.connect() as tx:
        return await tx.cards.find_for_item(item_id) is not None


def _edit_requests(harness: CardHarness) -> list[RequestServed]:
    served = [entry.event for entry in harness.discord.transcript if isinstance(entry.event, RequestServed)]
    return [one for one in served if one.method == "PATCH"]


async def test_the_card_s_record_is_deleted_with_its_channel(harness: CardHarness) -> None:
    item, _ = await harness.post()
    harness.discord.admin.delete_channel(harness.general)
    await complete_download(harness.app, await start_download(harness.app))
    async with asyncio.timeout(30):
        while await _has_record(harness, item.id):
            await asyncio.sleep(0.02)


async def test_a_request_that_times_out_is_repeated(harness: CardHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(message_api, "REQUEST_TIMEOUT_S", 0.2)
    monkeypatch.setattr("boss_bot_core.bot.cards.edit_scheduler.FAILED_EDIT_BACKOFF", Backoff(initial_s=0.1))
    _, card = await harness.post()
    harness.discord.faults.slow(2.0, EDIT)
    await complete_download(harness.app, await start_download(harness.app))
    await harness.shows(card, "Download complete!")


async def test_edits_keep_the_minimum_intervals(local_discord: LocalDiscord, tmp_path: Path) -> None:
    limits = EditLimits(state_interval_s=0.15, card_interval_s=0.5, channel_interval_s=0.15)
    async with open_harness(local_discord, tmp_path, limits=limits) as harness:
        cards = [await harness.post("ada", number) for number in range(3)]
        running = [await start_download(harness.app) for _ in range(2)]
        for tick in range(20):
            for item in running:
                update = build_progress(item_id=item.id, bytes_downloaded=1_000_000 * (1 + tick))
                harness.app.bus.publish(JobProgressed(item=item, update=update))
            await asyncio.sleep(0.1)
        await asyncio.sleep(0.6)
        times = {card.id: _edit_times(harness, card) for _, card in cards}
    for card_times in times.values():
        # The first two edits show a change: the start, and the first progress.
        assert all(after - before >= 0.45 for before, after in pairwise(card_times[1:]))
    all_times = sorted(at for card_times in times.values() for at in card_times)
    assert len(all_times) >= 6
    assert all(after - before >= 0.1 for before, after in pairwise(all_times))


def _edit_times(harness: CardHarness, card: Message) -> list[float]:
    events = [(entry.at_s, entry.event) for entry in harness.discord.transcript]
    return [at_s for at_s, event in events if isinstance(event, MessageEdited) and event.message.id == card.id]
