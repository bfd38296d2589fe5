"""A server that takes less than the bot believes: the whole bot looks once for a smaller version."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from boss_bot_core.bot.client import BossBot
from boss_bot_core.domain.events import JobFailed
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_sandbox.discord import ChannelObserver, LocalDiscord
from boss_bot_sandbox.discord.events import MessageCreated, RequestServed
from boss_bot_sandbox.discord.model.message import Message
from boss_bot_sandbox.site import RemoteSite
from boss_bot_sandbox.site.twitter import tweet
from tests.bot.bot_runner import open_bot, settings_for
from tests.bot.controls.harness import custom_id_of
from tests.bot.delivery.conftest import MIB
from tests.bot.delivery.test_whole_bot import text_of

SLACK = 64 * 1024


@pytest.fixture
async def bot(local_discord: LocalDiscord, site: RemoteSite, tmp_path: Path) -> AsyncIterator[BossBot]:
    # The server takes 20 MiB, and no plugin makes a file fit.
    data, more = tmp_path / "data", {"upload_limit_mb": 50, "max_attempts": 1, "disabled_plugins": ("media",)}
    settings = settings_for(local_discord, site, data, **more)
    async with open_bot(settings, local_discord.token) as bot:
        yield bot


def refusals(server: LocalDiscord) -> int:
    """Return how many messages were refused for their size."""
    served = (entry.event for entry in server.transcript if isinstance(entry.event, RequestServed))
    return sum(one.status == 413 for one in served)


def cards(server: LocalDiscord, channel: ChannelObserver) -> int:
    """Return how many cards were ever posted."""
    told = (entry.event for entry in server.transcript)
    posted = [each.message for each in told if isinstance(each, MessageCreated)]
    return sum(bool(one.components) for one in posted if one.channel_id == channel.id)


async def row_of(bot: BossBot, card: Message) -> DownloadItem:
    """Return the download of a card."""
    found = re.search(r"#([0-9a-f]{6})", text_of(card))
    assert found is not None
    return next(item for item in await bot.app.services.queue.reader.list_finished() if item.short_id == found[1])


def kept(bot: BossBot) -> list[int]:
    """Return the sizes of what is kept."""
    return [path.stat().st_size for path in bot.app.services.storage.layout.downloads.glob("*/*/*/content/*")]


async def test_the_smaller_version_arrives(local_discord: LocalDiscord, bot: BossBot, site: RemoteSite) -> None:
    general = local_discord.channel("general")
    await local_discord.user("ada").say(general, f"$dl {tweet('heavy-video').url}")
    delivered = await general.wait_for(lambda message: bool(message.attachments), timeout_s=60)
    card = await general.wait_for(lambda message: "Download complete" in text_of(message), timeout_s=30)
    (file,) = delivered.attachments
    assert file.size_bytes < MIB
    assert (refusals(local_discord), cards(local_discord, general)) == (1, 1)
    assert sum(bool(message.attachments) for message in general.messages) == 1
    item = await row_of(bot, card)
    assert (item.status, item.attempt_count) == (DownloadStatus.COMPLETED, 1)
    assert item.max_file_size_bytes == 20 * MIB - SLACK
    assert kept(bot) == [file.size_bytes]
    record = await bot.app.services.storage.read(item)
    assert record is not None
    round_ = ["downloaded", "verified", "organised"]
    assert [entry.action for entry in record.history] == [*round_, "refused", *round_, "delivered"]


async def test_where_there_is_none_the_large_one_stays(
    local_discord: LocalDiscord, bot: BossBot, site: RemoteSite
) -> None:
    general, size = local_discord.channel("general"), 24 * MIB
    site.reset()
    await local_discord.user("ada").say(general, f"$dl {site.http_url}/files/clip.mp4?size_bytes={size}")
    card = await general.wait_for(lambda message: "I keep it on my host" in text_of(message), timeout_s=60)
    assert "24.0 MB, this server allows 20 MB. I keep it on my host for 6 h." in text_of(card)
    assert (refusals(local_discord), cards(local_discord, general)) == (1, 1)
    assert kept(bot) == [size]
    item = await row_of(bot, card)
    assert (item.status, item.attempt_count) == (DownloadStatus.FAILED, 1)
    fetched = len(site.requests.matching("/files/clip.mp4"))
    with bot.app.bus.subscribe(item.id) as events:
        await bot.app.service.retry(item)
        async for event in events:
            if isinstance(event, JobFailed):
                break
    assert (refusals(local_discord), len(site.requests.matching("/files/clip.mp4"))) == (1, fetched)
    assert kept(bot) == [size]


async def test_after_a_boost_the_retry_button_brings_the_large_one(
    local_discord: LocalDiscord, bot: BossBot, site: RemoteSite
) -> None:
    general, size, ada = local_discord.channel("general"), 24 * MIB, local_discord.user("ada")
    site.reset()
    await ada.say(general, f"$dl {site.http_url}/files/clip.mp4?size_bytes={size}")
    card = await general.wait_for(lambda message: "I keep it on my host" in text_of(message), timeout_s=60)
    fetched = len(site.requests.matching("/files/clip.mp4"))
    local_discord.admin.boost(local_discord.guild(), 2)
    async with asyncio.timeout(20):
        while (await bot.app.services.access.learned_upload_limit(local_discord.guild().id)) is not None:
            await asyncio.sleep(0.01)
    await (await ada.press(card, custom_id=custom_id_of(card, "retry"))).reply()
    delivered = await general.wait_for(lambda message: bool(message.attachments), timeout_s=60)
    assert [file.size_bytes for file in delivered.attachments] == [size]
    # It lay on the host all the time.
    assert len(site.requests.matching("/files/clip.mp4")) == fetched
    await general.wait_for(lambda message: message.id == card.id and "Download complete" in text_of(message))
    assert (await row_of(bot, card)).max_file_size_bytes == 50 * MIB - SLACK
