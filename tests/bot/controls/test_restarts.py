"""The bot ends between any two steps of a download: its card goes on, in the same message, with the same buttons."""

from pathlib import Path

import pytest

from boss_bot_core.domain.status import DownloadStatus
from boss_bot_sandbox.discord import LocalDiscord
from tests.bot.cards.harness import advance_download, complete_download, start_download
from tests.bot.controls.scene import Scene, a_scene, custom_ids

S = DownloadStatus

STEPS = {
    "posted": (),
    "downloading": (S.DOWNLOADING,),
    "processing": (S.DOWNLOADING, S.PROCESSING),
    "uploading": (S.DOWNLOADING, S.PROCESSING, S.UPLOADING),
    "delivered": (S.DOWNLOADING, S.PROCESSING, S.UPLOADING, S.COMPLETED),
}


async def _go(scene: Scene, steps: tuple[DownloadStatus, ...]) -> None:
    item = None
    for status in steps:
        if status is S.DOWNLOADING:
            item = await start_download(scene.app)
        elif item is not None:
            item = await (
                complete_download(scene.app, item)
                if status is S.COMPLETED
                else advance_download(scene.app, item, status)
            )


@pytest.mark.parametrize("ended_after", STEPS)
async def test_a_card_goes_on_after_a_restart(local_discord: LocalDiscord, tmp_path: Path, ended_after: str) -> None:
    async with a_scene(local_discord, tmp_path) as before:
        item, card = await before.post()
        await _go(before, STEPS[ended_after])
    async with a_scene(local_discord, tmp_path) as after:
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


async def test_a_download_that_ended_while_the_bot_was_away_is_told_on_its_card(
    local_discord: LocalDiscord, tmp_path: Path
) -> None:
    async with a_scene(local_discord, tmp_path) as before:
        item, card = await before.post()
        before.discord.faults.reset("PATCH /channels/*/messages/*", count=None)
        await before.app.service.cancel(item)
    local_discord.faults.clear()
    async with a_scene(local_discord, tmp_path) as after:
        await after.shows(card, "Cancelled")
