"""Events of the connection are counted and change nothing else."""

import asyncio
from collections.abc import Callable

from boss_bot_core.bot.client import BossBot
from boss_bot_sandbox.discord import LocalDiscord
from boss_bot_sandbox.discord.events import GatewayIdentified, GatewayResumed


async def wait_until(condition: Callable[[], bool], timeout_s: float = 20) -> None:
    async with asyncio.timeout(timeout_s):
        while not condition():
            await asyncio.sleep(0.02)


async def ask_for_health(local_discord: LocalDiscord) -> str:
    general = local_discord.channel("general")
    asked = await local_discord.user("olivia").say(general, "$health")
    answer = await general.wait_for(lambda message: message.reply_to_id == asked.id, timeout_s=20)
    return answer.content


async def test_a_dropped_connection_is_resumed_and_nothing_is_lost(bot: BossBot, local_discord: LocalDiscord) -> None:
    app, commands = bot.app, set(bot.all_commands)
    local_discord.faults.gateway.drop()
    await local_discord.wait_for(GatewayResumed, timeout_s=20)
    await wait_until(lambda: bot.metrics.resumed == 1)
    assert (bot.metrics.ready, bot.metrics.disconnected) == (1, 1)
    assert bot.app is app
    assert set(bot.all_commands) == commands
    assert "1 connections lost, 1 resumed" in await ask_for_health(local_discord)


async def test_an_outage_counts_as_one_lost_connection(bot: BossBot, local_discord: LocalDiscord) -> None:
    local_discord.faults.outage(4.0)
    await wait_until(lambda: bot.metrics.disconnected > 0)
    await wait_until(lambda: bot.metrics.resumed + bot.metrics.ready > 1, timeout_s=60)
    assert bot.metrics.disconnected == 1


async def test_a_second_ready_event_changes_only_the_count(bot: BossBot, local_discord: LocalDiscord) -> None:
    app, controls, cogs = bot.app, bot.controls, dict(bot.cogs)
    start = len(local_discord.transcript)
    await local_discord.faults.gateway.invalidate()
    await local_discord.wait_for(GatewayIdentified, timeout_s=20, start=start)
    await wait_until(lambda: bot.metrics.ready == 2)
    assert bot.app is app
    assert bot.controls is controls
    assert dict(bot.cogs) == cogs
    assert "2 sessions" in await ask_for_health(local_discord)


async def test_joined_and_left_servers_are_counted_and_their_settings_stay_for_now(
    bot: BossBot, local_discord: LocalDiscord
) -> None:
    guild = local_discord.seed.guild("Second", bot=False)
    local_discord.admin.invite_bot(guild)
    await wait_until(lambda: bot.metrics.guilds_joined == 1)
    await bot.app.services.chat_settings.change_guild_setting(guild.id, "daily", "3")
    local_discord.admin.remove_bot(guild)
    await wait_until(lambda: bot.metrics.guilds_left == 1)
    profile = await bot.app.services.access.profile(1, guild.id)
    assert profile.guild.daily_downloads_per_user == 3
    assert "1 joined, 1 left" in await ask_for_health(local_discord)


async def test_a_boost_resets_the_learned_upload_limit(bot: BossBot, local_discord: LocalDiscord) -> None:
    guild, access = local_discord.guild(), bot.app.services.access
    await access.learn_upload_limit(guild.id, 10_000_000)
    local_discord.admin.boost(guild, 2)
    async with asyncio.timeout(30):
        while await access.learned_upload_limit(guild.id) is not None:
            await asyncio.sleep(0.02)
    general = local_discord.channel("general")
    asked = await local_discord.user("ada").say(general, "$dlh dl")
    answer = await general.wait_for(lambda message: message.reply_to_id == asked.id, timeout_s=20)
    assert "Max file size: 50MB" in answer.content
