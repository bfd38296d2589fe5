"""A configured prefix: the bot listens to it, and every answer names commands with it."""

from pathlib import Path

from boss_bot_sandbox.discord import LocalDiscord
from boss_bot_sandbox.site import RemoteSite
from tests.bot.bot_runner import open_bot, settings_for
from tests.bot.cogs.conftest import BotHarness

PREFIX = "!!"
COMMANDS = ("dl", "dlt ftp://a", "dlq", "dlq x", "dlc zz", "dls", "dls bar", "dls bar x", "dls help", "dlh", "dlh dl")


async def test_every_answer_uses_the_configured_prefix(
    local_discord: LocalDiscord, site: RemoteSite, tmp_path: Path
) -> None:
    settings = settings_for(local_discord, site, tmp_path, command_prefix=PREFIX)
    async with open_bot(settings, local_discord.token) as bot:
        harness = BotHarness(bot, local_discord, site)
        for text in COMMANDS:
            answer = (await harness.answer("ada", PREFIX + text)).content
            assert "$" not in answer, answer
            assert PREFIX in answer or text == "dls help", answer
        assert "$" not in (await harness.answer("olivia", f"{PREFIX}sync x")).content
