"""`$dlh`, `$health` and `$sync`."""

import pytest

from boss_bot_sandbox.discord.events import CommandsRegistered
from tests.bot.cogs.conftest import Stage

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_commands_page_has_the_prds_form(stage: Stage) -> None:
    lines = (await stage.answer("ada", "$dlh dlt")).content.splitlines()
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


async def test_the_limit_is_this_servers(stage: Stage) -> None:
    stage.discord.admin.boost(stage.discord.guild(), 2)
    try:
        assert "Max file size: 50MB" in (await stage.answer("ada", "$dlh $dl")).content
    finally:
        stage.discord.admin.boost(stage.discord.guild(), 0)


async def test_the_page_of_dl_tells_the_other_ways_of_asking(stage: Stage) -> None:
    content = (await stage.answer("ada", "$dlh dl")).content
    for way in ("As a reply", "“Download media”", "/dl "):
        assert way in content


async def test_the_overview_lists_what_everybody_may_use(stage: Stage) -> None:
    content = (await stage.answer("ada", "$dlh")).content
    for command in ("$dl ", "$dlt ", "$dlr ", "$dlq ", "$dlc ", "$dls ", "$dlh ", "$health "):
        assert f"\n{command}" in content
    assert "$sync" not in content


async def test_sites_are_those_of_the_plugins(stage: Stage) -> None:
    content = (await stage.answer("ada", "$dlh sites")).content
    for platform in stage.bot.app.plugins.platforms().values():
        assert platform.title in content


@pytest.mark.parametrize(("topic", "guess"), [("dlx", "dl"), ("site", "sites"), ("@everyone `x`", "")])
async def test_an_unknown_topic_is_guessed_at(stage: Stage, topic: str, guess: str) -> None:
    answer = await stage.answer("ada", f"$dlh {topic}")
    assert answer.content.startswith("❓ There is no such command.")
    assert guess in answer.content
    assert not answer.mention_everyone


async def test_the_slash_command_is_for_one_person_and_completes(stage: Stage) -> None:
    ada = stage.user("ada")
    answer = await (await ada.commands.slash(stage.general, "dlh", {"topic": "dlq"})).reply()
    assert answer.content.startswith("```\n$dlq: Show queue status")
    assert answer.visible_to == ada.id
    offered = await ada.commands.complete(stage.general, "dlh", "topic", "s")
    assert [one["value"] for one in offered] == ["dls", "sites"]


async def test_everybody_sees_that_it_is_well_and_the_owner_why(stage: Stage) -> None:
    content = (await stage.answer("ada", "$health")).content
    assert " · 0 running, 0 waiting" in content
    assert "Kernel" not in content
    details = (await stage.answer("olivia", "$health")).content
    for word in ("Queue: ", "Database: ", "Disk: ", "Engines: process ", "Kernel: ", "Plugins: ", "Commands: "):
        assert word in details


async def test_every_way_of_using_a_command_is_counted(stage: Stage) -> None:
    ada, before = stage.user("ada"), stage.bot.metrics.commands
    posted = await ada.say(stage.general, "no link")
    await stage.answer("ada", "$dlq")
    await (await ada.commands.slash(stage.general, "dlq")).reply()
    await (await ada.menus.message("Download media", posted)).reply()
    await ada.commands.complete(stage.general, "dlh", "topic", "s")
    assert stage.bot.metrics.commands == before + 3


async def test_only_the_owner_syncs(stage: Stage) -> None:
    assert (await stage.answer("milo", "$sync")).content == "⛔ Only the bot's owner can do that."
    start = len(stage.discord.transcript)
    answer = await stage.answer("olivia", "$sync here")
    registered = await stage.discord.wait_for(CommandsRegistered, start=start)
    assert {one.name for one in registered.commands} == {"dl", "dlq", "dlc", "dls", "dlh", "Download media"}
    assert answer.content == "✅ Discord knows 6 commands now here."
    assert (await stage.answer("olivia", "$sync clear")).content == "✅ Discord knows 0 commands now here."
    assert (await stage.answer("olivia", "$sync")).content == "✅ Discord knows 6 commands now."
    assert (await stage.answer("olivia", "$sync x")).content == "❌ That is no place. Example: `$sync here`"
