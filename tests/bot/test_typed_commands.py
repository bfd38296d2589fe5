"""Typed commands in dpytest's fake Discord, which is fast and enough for commands that only answer with text."""

import warnings
from collections.abc import AsyncIterator
from pathlib import Path
from unittest.mock import create_autospec

import discord
import pytest
from discord.ext import commands

from boss_bot_core.app.services import CoreServices, open_services
from boss_bot_core.bot.cogs._platform_commands import add_commands
from boss_bot_core.bot.cogs.help import HelpCog, HelpPages
from boss_bot_core.bot.cogs.queue import QueueCog
from boss_bot_core.bot.cogs.settings import SettingsCog
from boss_bot_core.bot.context.channel_inspector import ChannelInspector
from boss_bot_core.bot.context.factory import ContextFactory
from boss_bot_core.bot.errors.handler import ErrorHandler
from boss_bot_core.bot.metrics import BotMetrics
from boss_bot_core.domain.items import Destination, NewDownload
from boss_bot_core.pipeline.event_bus import EventBus
from boss_bot_core.pipeline.service import DownloadService
from boss_bot_core.plugin.matching import Platform
from boss_bot_core.routing.router import Router
from boss_bot_core.settings import load
from tests.bot.cogs.test_help_pages import ignore_submission

with warnings.catch_warnings():
    # dpytest 0.7 has a backslash too many in one of its texts.
    warnings.simplefilter("ignore")
    import discord.ext.test as dpytest

PLATFORM = Platform(name="pond", title="Pond", description="Download from Pond", alias="dlp", notes=("Ducks",))


@pytest.fixture
async def services(tmp_path: Path) -> AsyncIterator[CoreServices]:
    async with open_services(load({"data_dir": str(tmp_path)}, environ={"BOSS_BOT_CONFIG_FILE": ""})) as services:
        yield services


@pytest.fixture
async def bot(services: CoreServices) -> AsyncIterator[commands.Bot]:
    # All intents: dpytest looks for its people in the client's cache.
    bot = commands.Bot(command_prefix="$", intents=discord.Intents.all(), help_command=None)
    await bot._async_setup_hook()
    learnt = services.access.learned_upload_limit
    contexts = ContextFactory(
        ChannelInspector(default_limit_bytes=20_000_000, cap_bytes=50_000_000, learned_limit=learnt),
        services.access.prefixes.find,
    )

    async def is_owner(user_id: int) -> bool:
        return user_id == 1

    await bot.add_cog(HelpCog(bot, contexts, HelpPages([PLATFORM])))
    add_commands(bot, {"pond": PLATFORM}, ignore_submission, ())
    router = create_autospec(Router, instance=True)
    downloads = DownloadService(services.queue, router, EventBus(), services.storage, services.space, 3)
    await bot.add_cog(QueueCog(contexts, downloads))
    await bot.add_cog(SettingsCog(contexts, services.access, services.chat_settings, is_owner, 3))
    bot.add_listener(
        ErrorHandler(services.access.prefixes.find, BotMetrics()).handle_prefix_command, "on_command_error"
    )
    dpytest.configure(bot)
    yield bot
    await dpytest.empty_queue()


async def reply_to(text: str) -> str:
    await dpytest.message(text)
    return str(dpytest.get_message().content)


async def test_help_lists_the_commands_and_the_sites(bot: commands.Bot) -> None:
    assert "\n$dlq " in await reply_to("$dlh")
    assert "Pond ($dlp): Download from Pond" in await reply_to("$dlh sites")
    assert (await reply_to("$dlh dls")).startswith("```\n$dls: Show settings\nUsage: $dls [setting] [value]")


async def test_the_queue_names_downloads_that_wait_here(bot: commands.Bot, services: CoreServices) -> None:
    assert (await reply_to("$dlq")).startswith("The queue is empty.")
    message = await dpytest.message("$dlq")
    dpytest.get_message()
    new = NewDownload(
        url="https://a.b/duck.mp4",
        media_key="a:1",
        plugin="pond",
        destination=Destination(kind="discord", target=str(message.channel.id)),
        max_file_size_bytes=1,
        user_id=message.author.id,
        guild_id=message.guild.id if message.guild else 0,
    )
    item = await services.queue.submit(new)
    assert f"1. duck.mp4 #{item.short_id}* [WAITING]" in await reply_to("$dlq")
    assert "Your position: 1" in await reply_to("$dlq 3")
    # dpytest hands on what a command raised, also when it was answered.
    with pytest.raises(commands.CommandInvokeError):
        await dpytest.message("$dlq x")
    assert dpytest.get_message().content == "❌ That is no page. Example: `$dlq 2`"


async def test_settings_are_changed(bot: commands.Bot) -> None:
    assert "✅ `mention` is changed." in await reply_to("$dls mention off")
    assert "Notification preference: No mentions, normal detail" in await reply_to("$dls")
    assert "Progress bar: Blocks" in await reply_to("$dls bar blocks")
