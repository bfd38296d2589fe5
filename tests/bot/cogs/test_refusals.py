"""What is refused before anything is downloaded: unknown sites, a priority that is not one's own."""

from pathlib import Path

from boss_bot_sandbox.discord import LocalDiscord
from boss_bot_sandbox.site import RemoteSite
from tests.bot.cogs.conftest import Stage
from tests.bot.running import open_bot, settings_for


async def test_each_is_told_in_a_sentence(local_discord: LocalDiscord, site: RemoteSite, tmp_path: Path) -> None:
    # Without the plugin that would look at any page.
    settings = settings_for(local_discord, site, tmp_path, disabled_plugins="ytdlp")
    tweet = "https://x.com/anybody/status/"
    async with open_bot(settings, local_discord.token) as bot:
        stage = Stage(bot, local_discord, site)
        unsupported = await stage.answer("ada", "$dl https://nobody-knows.example/")
        assert unsupported.content == "❌ `nobody-knows.example` isn't supported. `$dlh sites` lists what is."
        asked = await stage.user("ada").say(stage.general, f"$dl {tweet}1 high")
        told = await stage.general.wait_for(lambda one: one.reply_to_id == asked.id and "premium" in one.content)
        assert told.content == "That priority needs premium, or a role that allows it; yours is queued with less."
