"""The commands that plugins bring: none of them takes the place of the bot's own."""

from boss_bot_core.bot.client import BossBot
from boss_bot_core.bot.cogs.download import DownloadCog
from boss_bot_core.plugin.matching import Platform
from boss_bot_sandbox.discord import LocalDiscord
from boss_bot_sandbox.site import RemoteSite
from tests.bot.cogs.conftest import Stage


async def test_a_plugin_that_wants_the_bots_own_name_gets_none(
    bot: BossBot, local_discord: LocalDiscord, site: RemoteSite
) -> None:
    stage = Stage(bot, local_discord, site)
    before = await bot.remove_cog("Downloads")
    assert isinstance(before, DownloadCog)
    assert {"dl", "dlt", "dlr"}.isdisjoint(bot.all_commands)
    names = ("DL", "dlq", "Health", "dlh", "pond")
    platforms = {name: Platform(name=name, title="Pond", description="Ducks", alias=name) for name in names}
    cog = DownloadCog(bot, before._contexts, before._submitter, platforms)
    await bot.add_cog(cog)
    assert "Usage: $pond <url> [priority]" in (await stage.answer("ada", "$dlh pond")).content
    assert (await stage.answer("ada", "$dlq")).content.startswith("The queue is empty.")
    assert (await stage.answer("ada", "$dl")).content.startswith("❌ I can't read a link")
    await bot.remove_cog("Downloads")
    assert {"dlq", "health", "dlh"} <= set(bot.all_commands)
