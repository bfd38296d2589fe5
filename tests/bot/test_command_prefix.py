"""The prefix that a guild chose for typed commands: what it changes, and where it does not count."""

from pathlib import Path

from boss_bot_core.bot.client import BossBot
from boss_bot_sandbox.discord import ChannelObserver, LocalDiscord, UserClient
from boss_bot_sandbox.discord.user_client.channel_observer import ChannelLike
from boss_bot_sandbox.site import RemoteSite
from tests.bot.bot_runner import open_bot, settings_for


async def answer_to(user: UserClient, channel: ChannelLike, text: str) -> str:
    said = await user.say(channel, text)
    answer = await user.observe(channel).wait_for(lambda message: message.reply_to_id == said.id, timeout_s=20)
    return answer.content


async def choose_prefix(local_discord: LocalDiscord, text: str) -> ChannelObserver:
    """Let the owner of the guild choose a prefix, and return a channel of the guild."""
    general = local_discord.channel("general")
    assert "`prefix` is changed." in await answer_to(local_discord.user("olivia"), general, text)
    return general


async def test_a_guilds_prefix_replaces_the_operators(bot: BossBot, local_discord: LocalDiscord) -> None:
    general, ada = await choose_prefix(local_discord, "$dls prefix b!"), local_discord.user("ada")
    unanswered = await ada.say(general, "$dlh")
    assert "\nb!dlq " in await answer_to(ada, general, "b!dlh")
    assert "Typed commands begin with b! here" in await answer_to(ada, general, f"<@{local_discord.state.bot.id}> dlh")
    assert "prefix: `b!`" in await answer_to(local_discord.user("olivia"), general, "b!dls server")
    assert not [one for one in general.messages if one.reply_to_id == unanswered.id]
    assert "\n$dlq " in await answer_to(ada, ada.direct(), "$dlh")
    await choose_prefix(local_discord, "b!dls prefix default")
    assert "\n$dlq " in await answer_to(ada, general, "$dlh")


async def test_other_guilds_keep_the_operators_prefix(bot: BossBot, local_discord: LocalDiscord) -> None:
    await choose_prefix(local_discord, "$dls prefix !")
    other = local_discord.seed.channel("elsewhere", local_discord.seed.guild("Other"))
    assert "\n$dlq " in await answer_to(local_discord.user("olivia"), other, "$dlh")


async def test_every_text_names_commands_with_the_guilds_prefix(bot: BossBot, local_discord: LocalDiscord) -> None:
    general, ada = await choose_prefix(local_discord, "$dls prefix !"), local_discord.user("ada")
    assert "`!dl https://…`" in await answer_to(ada, general, "!dl")
    assert "`!dls <setting> <value>`" in await answer_to(ada, general, "!dls")
    assert "Example: `!dls bar " in await answer_to(ada, general, "!dls bar purple")
    assert "`!dlq` shows the ids" in await answer_to(ada, general, "!dlc abc123")
    await answer_to(local_discord.user("olivia"), general, "!sync")
    exchange = await ada.commands.slash(general, "dlh")
    assert "\n!dlq " in (await exchange.reply()).content


async def test_only_managers_may_choose_a_usable_prefix(bot: BossBot, local_discord: LocalDiscord) -> None:
    general, olivia = local_discord.channel("general"), local_discord.user("olivia")
    assert "Manage Server" in await answer_to(local_discord.user("ada"), general, "$dls prefix !")
    for refused in ("/", "<@", "sixsix", "a b", "`"):
        assert "`prefix` takes up to 5 characters" in await answer_to(olivia, general, f"$dls prefix {refused}")
    assert "\n$dlq " in await answer_to(olivia, general, "$dlh")


async def test_the_prefix_outlives_a_restart(local_discord: LocalDiscord, site: RemoteSite, tmp_path: Path) -> None:
    settings = settings_for(local_discord, site, tmp_path / "data", command_prefix="?")
    async with open_bot(settings, local_discord.token):
        general = await choose_prefix(local_discord, "?dls prefix !")
    async with open_bot(settings, local_discord.token):
        assert "\n!dlq " in await answer_to(local_discord.user("ada"), general, "!dlh")
