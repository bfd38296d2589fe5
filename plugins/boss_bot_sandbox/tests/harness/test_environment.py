"""The environment of the bot's process: the harness's addresses, and no settings of the operator's own bot."""

from pathlib import Path

from boss_bot_core.settings import load
from boss_bot_sandbox.discord import LocalDiscord
from boss_bot_sandbox.harness.environment import build_bot_environment
from boss_bot_sandbox.site import MediaSite


async def test_the_settings_of_the_bot_read_the_environment(tmp_path: Path) -> None:
    operators = {
        "PATH": "/bin", "BOSS_BOT_TOKEN": "the real one", "BOSS_BOT_DATABASE_URL": "postgresql://real/bot",
        "BOSS_BOT_COMMAND_PREFIX": "!",
    }  # fmt: skip
    async with LocalDiscord() as discord, MediaSite.start(tmp_path) as site:
        environment = build_bot_environment(discord, site, tmp_path, operators)
        settings = load(environ=environment)
        assert settings.bot.token is not None
        assert settings.bot.token.get_secret_value() == discord.token
        assert settings.discord.discord_api_url == discord.rest_url
        assert settings.discord.discord_gateway_url == discord.gateway_url
        assert settings.discord.discord_cdn_url == discord.cdn_url
        assert dict(settings.network.host_overrides) == site.host_overrides
        assert settings.network.ca_file == site.ca_file
    assert settings.storage.folders.data.is_relative_to(tmp_path)
    assert settings.storage.database_url is None
    assert settings.bot.command_prefix == "$"
    assert environment["PATH"] == "/bin"
    assert "the real one" not in environment.values()
