"""Refusals before anything is downloaded: unknown sites, priorities that are not granted, and the daily limit."""

import asyncio
from pathlib import Path

from boss_bot_sandbox.discord import LocalDiscord
from boss_bot_sandbox.site import RemoteSite
from tests.bot.bot_runner import open_bot, settings_for
from tests.bot.cogs.conftest import BotHarness


async def test_each_refusal_is_a_sentence(local_discord: LocalDiscord, site: RemoteSite, tmp_path: Path) -> None:
    # Without the plugin that would look at any page.
    settings = settings_for(local_discord, site, tmp_path, disabled_plugins="ytdlp")
    tweet = "https://x.com/anybody/status/"
    async with open_bot(settings, local_discord.token) as bot:
        harness = BotHarness(bot, local_discord, site)
        unsupported = await harness.answer("ada", "$dl https://nobody-knows.example/")
        assert unsupported.content == "❌ `nobody-knows.example` isn't supported. `$dlh sites` lists what is."
        asked = await harness.user("ada").say(harness.general, f"$dl {tweet}1 high")
        told = await harness.general.wait_for(lambda one: one.reply_to_id == asked.id and "premium" in one.content)
        assert told.content == "That priority needs premium, or a role that allows it; yours is queued with less."


async def test_simultaneous_requests_do_not_exceed_the_daily_limit(
    local_discord: LocalDiscord, site: RemoteSite, tmp_path: Path
) -> None:
    settings = settings_for(local_discord, site, tmp_path, max_downloads_per_day=2)
    async with open_bot(settings, local_discord.token) as bot:
        harness = BotHarness(bot, local_discord, site)
        asked = [harness.answer("ada", f"$dl {harness.slow_link(number)}") for number in range(6)]
        answers = await asyncio.gather(*asked, harness.begin("bob", 9))
        assert sum(bool(answer.embeds) for answer in answers[:-1]) == 2
        assert answers[-1].embeds
        assert sum("2 downloads of today" in answer.content for answer in answers) == 4
