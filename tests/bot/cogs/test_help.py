"""`$dlh`, `$health` and `$sync`."""

import pytest

from boss_bot_sandbox.discord.events import CommandsRegistered
from tests.bot.cogs.conftest import BotHarness

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_commands_page_has_the_prds_form(harness: BotHarness) -> None:
    lines = (await harness.answer("ada", "$dlh dlt")).content.splitlines()
    assert lines[:8] == [
        "```",
        "$dlt: Download from Twitter",
        "Usage: $dlt <url> [priority]",
        "",
        "Examples:",
        "  $dlt https://x.com/user/status/1234567890",
        "  $dlt https://x.com/user/status/1234567890 high",
        "  $dlt https://fxtwitter.com/user/status/1234567890",
    ]
    assert "Notes:" in lines
    assert "- Max file size: 20MB" in lines
    assert "- Supported formats: Images, Videos" in lines


async def test_the_limit_is_that_of_the_server(harness: BotHarness) -> None:
    harness.discord.admin.boost(harness.discord.guild(), 2)
    try:
        assert "Max file size: 50MB" in (await harness.answer("ada", "$dlh $dl")).content
    finally:
        harness.discord.admin.boost(harness.discord.guild(), 0)


async def test_the_page_of_dl_names_the_other_ways_to_submit_a_link(harness: BotHarness) -> None:
    content = (await harness.answer("ada", "$dlh dl")).content
    for way in ("As a reply", "“Download media”", "/dl "):
        assert way in content


async def test_the_overview_lists_the_commands_for_all_users(harness: BotHarness) -> None:
    content = (await harness.answer("ada", "$dlh")).content
    for command in ("$dl ", "$dlt ", "$dlr ", "$dlq ", "$dlc ", "$dls ", "$dlh ", "$health "):
        assert f"\n{command}" in content
    assert "$sync" not in content


async def test_the_listed_sites_are_those_of_the_plugins(harness: BotHarness) -> None:
    content = (await harness.answer("ada", "$dlh sites")).content
    for platform in harness.bot.app.plugins.platforms().values():
        assert platform.title in content


@pytest.mark.parametrize(("topic", "guess"), [("dlx", "dl"), ("site", "sites"), ("@everyone `x`", "")])
async def test_an_unknown_topic_suggests_a_similar_one(harness: BotHarness, topic: str, guess: str) -> None:
    answer = await harness.answer("ada", f"$dlh {topic}")
    assert answer.content.startswith("❓ There is no such command.")
    assert guess in answer.content
    assert not answer.mention_everyone


async def test_the_slash_command_is_ephemeral_and_completes_topics(harness: BotHarness) -> None:
    ada = harness.user("ada")
    answer = await (await ada.commands.slash(harness.general, "dlh", {"topic": "dlq"})).reply()
    assert answer.content.startswith("```\n$dlq: Show queue status")
    assert answer.visible_to == ada.id
    offered = await ada.commands.complete(harness.general, "dlh", "topic", "s")
    assert [one["value"] for one in offered] == ["dls", "sites", "storage"]


async def test_all_users_see_the_state_and_the_owner_sees_the_details(harness: BotHarness) -> None:
    content = (await harness.answer("ada", "$health")).content
    assert " · 0 running, 0 waiting" in content
    assert "Kernel" not in content
    details = (await harness.answer("olivia", "$health")).content
    for word in ("Queue: ", "Database: ", "Disk: ", "Engines: process ", "Kernel: ", "Plugins: ", "Commands: "):
        assert word in details


async def test_every_use_of_a_command_is_counted(harness: BotHarness) -> None:
    ada, before = harness.user("ada"), harness.bot.metrics.commands
    posted = await ada.say(harness.general, "no link")
    await harness.answer("ada", "$dlq")
    await (await ada.commands.slash(harness.general, "dlq")).reply()
    await (await ada.menus.message("Download media", posted)).reply()
    await ada.commands.complete(harness.general, "dlh", "topic", "s")
    assert harness.bot.metrics.commands == before + 3


async def test_only_the_owner_may_sync(harness: BotHarness) -> None:
    assert (await harness.answer("milo", "$sync")).content == "⛔ Only the bot's owner can do that."
    start = len(harness.discord.transcript)
    answer = await harness.answer("olivia", "$sync here")
    registered = await harness.discord.wait_for(CommandsRegistered, start=start)
    assert {one.name for one in registered.commands} == {
        "dl",
        "dlq",
        "dlc",
        "dls",
        "dlh",
        "privacy",
        "storage",
        "Download media",
    }
    assert answer.content == "✅ Discord knows 8 commands now here."
    assert (await harness.answer("olivia", "$sync clear")).content == "✅ Discord knows 0 commands now here."
    assert (await harness.answer("olivia", "$sync")).content == "✅ Discord knows 8 commands now."
    assert (await harness.answer("olivia", "$sync x")).content == "❌ That is no place. Example: `$sync here`"
