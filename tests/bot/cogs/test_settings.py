"""`$dls`: settings of the user, of the server, and of other users."""

import pytest

from tests.bot.cogs.conftest import BotHarness

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_the_users_settings_have_the_prds_form(harness: BotHarness) -> None:
    lines = (await harness.answer("bob", "$dls")).content.splitlines()
    assert lines[:5] == [
        "```",
        "Your Settings:",
        "Max concurrent downloads: 2",
        "Notification preference: Mentions, normal detail",
        "Default priority: Normal",
    ]
    assert "Total downloads today: 0/10" in lines


async def test_a_setting_is_changed_and_explained(harness: BotHarness) -> None:
    assert (await harness.answer("ada", "$dls notifications verbose")).content.startswith(
        "✅ `notifications` is changed"
    )
    assert "Mentions, verbose detail" in (await harness.answer("ada", "$dls")).content
    explained = (await harness.answer("ada", "$dls bar")).content
    assert explained.startswith("`bar`: How the progress bar is drawn.")
    assert "`$dls bar" in explained


@pytest.mark.parametrize("text", ["nonsense", "bar upside-down", "`@everyone` x", "retries 99"])
async def test_a_value_that_a_setting_does_not_accept_is_refused(harness: BotHarness, text: str) -> None:
    answer = await harness.answer("ada", f"$dls {text}")
    assert answer.content.startswith("❌ ")
    assert not answer.mention_everyone


async def test_the_servers_settings_require_manage_server(harness: BotHarness) -> None:
    for text in ("$dls server", "$dls allowed-channels none"):
        assert (await harness.answer("ada", text)).content == "⛔ You need **Manage Server** for that."
    changed = await harness.answer("olivia", f"$dls blocked-channels add <#{harness.discord.channel('adults').id}>")
    assert changed.content.startswith("✅ `blocked-channels` is changed.")
    shown = (await harness.answer("olivia", "$dls server")).content
    assert f"blocked-channels: <#{harness.discord.channel('adults').id}>" in shown
    refused = await harness.answer("ada", "$dl https://a.b/c.mp4", harness.discord.channel("adults"))
    assert refused.content == "🔒 Downloads are switched off in this channel. A server admin can change that."
    await harness.answer("olivia", "$dls blocked-channels none")


async def test_server_settings_are_refused_in_direct_messages(harness: BotHarness) -> None:
    olivia = harness.user("olivia")
    answer = await harness.answer("olivia", "$dls server", olivia.direct())
    assert answer.content == "❌ That works in a server only."


async def test_only_the_owner_may_make_a_server_premium(harness: BotHarness) -> None:
    refused = await harness.answer("milo", "$dls premium on")
    assert refused.content == "⛔ Only the bot's owner can do that."
    changed = await harness.answer("olivia", "$dls premium on")
    assert changed.content.startswith("✅ `premium` is changed.")
    assert "premium: on" in changed.content
    olivia = harness.user("olivia")
    direct = await harness.answer("olivia", "$dls premium on", olivia.direct())
    assert direct.content == "❌ That works in a server only."
    assert "premium" not in (await harness.answer("olivia", "$dls premium default")).content.splitlines()[-1]


async def test_only_the_owner_may_change_the_level_of_a_user(harness: BotHarness) -> None:
    bob = harness.user("bob").id
    refused = await harness.answer("milo", f"$dls level <@{bob}> premium")
    assert refused.content == "⛔ Only the bot's owner can do that."
    changed = await harness.answer("olivia", f"$dls level <@{bob}> premium")
    assert changed.content == f"✅ `level` is changed for <@{bob}>."
    assert changed.mention_ids == ()
    assert "Level: Premium" in (await harness.answer("bob", "$dls")).content


async def test_the_level_of_a_role_applies_in_its_server_only(harness: BotHarness) -> None:
    moderator = next(role for role in harness.discord.state.roles.values() if role.name == "Moderator")
    assert (await harness.answer("olivia", f"$dls role <@&{moderator.id}> level premium")).content.startswith("✅")
    here = (await harness.answer("milo", "$dls")).content.splitlines()
    assert {"Level: Premium", "Total downloads today: 0, no limit"} <= set(here)
    elsewhere = (await harness.answer("milo", "$dls", harness.user("milo").direct())).content.splitlines()
    assert {"Level: Normal", "Total downloads today: 0/10"} <= set(elsewhere)
    await harness.answer("olivia", f"$dls role <@&{moderator.id}> none")


async def test_the_file_limit_is_the_smaller_of_role_and_channel(harness: BotHarness) -> None:
    moderator = next(role for role in harness.discord.state.roles.values() if role.name == "Moderator")
    for megabytes, shown in ((1, "1MB"), (40, "20MB")):
        await harness.answer("olivia", f"$dls role <@&{moderator.id}> size {megabytes}")
        assert f"Max file size: {shown}" in (await harness.answer("milo", "$dls")).content.splitlines()
    await harness.answer("olivia", f"$dls role <@&{moderator.id}> none")


async def test_help_lists_the_settings_that_the_user_may_change(harness: BotHarness) -> None:
    mine = (await harness.answer("ada", "$dls help")).content
    owners = (await harness.answer("olivia", "$dls help")).content
    assert "`retries`" in mine
    assert "`allowed-roles`" not in mine
    assert "`allowed-roles`" in owners
    assert "`level`" in owners


async def test_the_slash_command_completes_names_and_values(harness: BotHarness) -> None:
    ada, olivia = harness.user("ada"), harness.user("olivia")
    mine = [one["name"] for one in await ada.commands.complete(harness.general, "dls", "setting", "")]
    assert "bar" in mine
    assert "allowed-roles" not in mine
    theirs = [one["name"] for one in await olivia.commands.complete(harness.general, "dls", "setting", "allowed")]
    assert theirs == ["allowed-roles", "allowed-channels"]
    values = await ada.commands.complete(harness.general, "dls", "value", "d", {"setting": "bar"})
    assert [one["value"] for one in values] == ["standard", "dots", "default"]
    exchange = await ada.commands.slash(harness.general, "dls", {"setting": "bar", "value": "dots"})
    answer = await exchange.reply()
    assert "Progress bar: Dots" in answer.content
    assert answer.visible_to == ada.id
