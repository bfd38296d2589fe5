"""After a restart between any two steps of a download, the same card continues with the same buttons."""

from pathlib import Path

import pytest

from boss_bot_core.domain.status import DownloadStatus
from boss_bot_sandbox.discord import LocalDiscord
from tests.bot.cards.harness import advance_download, complete_download, start_download
from tests.bot.controls.harness import CardHarness, custom_ids, open_harness

S = DownloadStatus

STEPS = {
    "posted": (),
    "downloading": (S.DOWNLOADING,),
    "processing": (S.DOWNLOADING, S.PROCESSING),
    "uploading": (S.DOWNLOADING, S.PROCESSING, S.UPLOADING),
    "delivered": (S.DOWNLOADING, S.PROCESSING, S.UPLOADING, S.COMPLETED),
}


async def _go(harness: CardHarness, steps: tuple[DownloadStatus, ...]) -> None:
    item = None
    for status in steps:
        if status is S.DOWNLOADING:
            item = await start_download(harness.app)
        elif item is not None:
            item = await (
                complete_download(harness.app, item)
                if status is S.COMPLETED
                else advance_download(harness.app, item, status)
            )


@pytest.mark.parametrize("ended_after", STEPS)
async def test_a_card_continues_after_a_restart(local_discord: LocalDiscord, tmp_path: Path, ended_after: str) -> None:
    async with open_harness(local_discord, tmp_path) as before:
        item, card = await before.post()
        await _go(before, STEPS[ended_after])
    async with open_harness(local_discord, tmp_path) as after:
        if ended_after != "delivered":
            await after.shows(card, "Queued")
            assert f"Job `{item.short_id}`" in await after.press("ada", card, "pause")
            await after.shows(card, "Paused")
            assert f"Job `{item.short_id}`" in await after.press("ada", card, "resume")
            await _go(after, STEPS["delivered"])
        done = await after.shows(card, "Download complete!")
        assert [each.rpartition(":")[2] for each in custom_ids(done)] == ["delete"]
        by_bot = [one for one in after.general.messages if one.author_id == after.discord.state.bot.id]
        assert [one.id for one in by_bot if one.embeds] == [card.id]


async def test_the_card_shows_a_download_that_ended_while_the_bot_was_down(
    local_discord: LocalDiscord, tmp_path: Path
) -> None:
    async with open_harness(local_discord, tmp_path) as before:
        item, card = await before.post()
        before.discord.faults.reset("PATCH /channels/*/messages/*", count=None)
        await before.app.service.cancel(item)
    local_discord.faults.clear()
    async with open_harness(local_discord, tmp_path) as after:
        await after.shows(card, "Cancelled")
