"""The commands of plugins: none of them replaces a command of the bot."""

from boss_bot_core.bot.client import BossBot
from boss_bot_core.bot.cogs.download import DownloadCog
from boss_bot_core.plugin.matching import Platform
from boss_bot_sandbox.discord import LocalDiscord
from boss_bot_sandbox.site import RemoteSite
from tests.bot.cogs.conftest import BotHarness


async def test_a_plugin_cannot_replace_a_command_of_the_bot(
    bot: BossBot, local_discord: LocalDiscord, site: RemoteSite
) -> None:
    harness = BotHarness(bot, local_discord, site)
    before = await bot.remove_cog("Downloads")
    assert isinstance(before, DownloadCog)
    assert {"dl", "dlt", "dlr"}.isdisjoint(bot.all_commands)
    names = ("DL", "dlq", "Health", "dlh", "pond")
    platforms = {name: Platform(name=name, title="Pond", description="Ducks", alias=name) for name in names}
    cog = DownloadCog(bot, before._contexts, before._submitter, platforms)
    await bot.add_cog(cog)
    assert "Usage: $pond <url> [priority]" in (await harness.answer("ada", "$dlh pond")).content
    assert (await harness.answer("ada", "$dlq")).content.startswith("The queue is empty.")
    assert (await harness.answer("ada", "$dl")).content.startswith("❌ I can't read a link")
    await bot.remove_cog("Downloads")
    assert {"dlq", "health", "dlh"} <= set(bot.all_commands)
