"""`$dls`: one's own settings, a server's, and people's."""

import pytest

from tests.bot.cogs.conftest import Stage

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_ones_own_settings_are_shown_as_the_prd_has_them(stage: Stage) -> None:
    lines = (await stage.answer("bob", "$dls")).content.splitlines()
    assert lines[:5] == [
        "```",
        "Your Settings:",
        "Max concurrent downloads: 2",
        "Notification preference: Mentions, normal detail",
        "Default priority: Normal",
    ]
    assert "Total downloads today: 0/10" in lines


async def test_a_setting_is_changed_and_explained(stage: Stage) -> None:
    assert (await stage.answer("ada", "$dls notifications verbose")).content.startswith("✅ `notifications` is changed")
    assert "Mentions, verbose detail" in (await stage.answer("ada", "$dls")).content
    explained = (await stage.answer("ada", "$dls bar")).content
    assert explained.startswith("`bar`: How the progress bar is drawn.")
    assert "`$dls bar" in explained


@pytest.mark.parametrize("text", ["nonsense", "bar upside-down", "`@everyone` x", "retries 99"])
async def test_what_a_setting_does_not_take_is_told(stage: Stage, text: str) -> None:
    answer = await stage.answer("ada", f"$dls {text}")
    assert answer.content.startswith("❌ ")
    assert not answer.mention_everyone


async def test_the_servers_settings_need_manage_server(stage: Stage) -> None:
    for text in ("$dls server", "$dls allowed-channels none"):
        assert (await stage.answer("ada", text)).content == "⛔ You need **Manage Server** for that."
    changed = await stage.answer("olivia", f"$dls blocked-channels add <#{stage.discord.channel('adults').id}>")
    assert changed.content.startswith("✅ `blocked-channels` is changed.")
    shown = (await stage.answer("olivia", "$dls server")).content
    assert f"blocked-channels: <#{stage.discord.channel('adults').id}>" in shown
    refused = await stage.answer("ada", "$dl https://a.b/c.mp4", stage.discord.channel("adults"))
    assert refused.content == "🔒 Downloads are switched off in this channel. A server admin can change that."
    await stage.answer("olivia", "$dls blocked-channels none")


async def test_a_server_is_needed_for_its_settings(stage: Stage) -> None:
    olivia = stage.user("olivia")
    answer = await stage.answer("olivia", "$dls server", olivia.direct())
    assert answer.content == "❌ That works in a server only."


async def test_peoples_levels_are_the_owners(stage: Stage) -> None:
    bob = stage.user("bob").id
    refused = await stage.answer("milo", f"$dls level <@{bob}> premium")
    assert refused.content == "⛔ Only the bot's owner can do that."
    changed = await stage.answer("olivia", f"$dls level <@{bob}> premium")
    assert changed.content == f"✅ `level` is changed for <@{bob}>."
    assert changed.mention_ids == ()
    assert "Level: Premium" in (await stage.answer("bob", "$dls")).content


async def test_a_roles_level_is_shown_where_it_counts(stage: Stage) -> None:
    moderator = next(role for role in stage.discord.state.roles.values() if role.name == "Moderator")
    assert (await stage.answer("olivia", f"$dls role <@&{moderator.id}> level premium")).content.startswith("✅")
    here = (await stage.answer("milo", "$dls")).content.splitlines()
    assert {"Level: Premium", "Total downloads today: 0, no limit"} <= set(here)
    elsewhere = (await stage.answer("milo", "$dls", stage.user("milo").direct())).content.splitlines()
    assert {"Level: Normal", "Total downloads today: 0/10"} <= set(elsewhere)
    await stage.answer("olivia", f"$dls role <@&{moderator.id}> none")


async def test_the_largest_file_is_the_roles_and_never_more_than_the_place_takes(stage: Stage) -> None:
    moderator = next(role for role in stage.discord.state.roles.values() if role.name == "Moderator")
    for megabytes, shown in ((1, "1MB"), (40, "20MB")):
        await stage.answer("olivia", f"$dls role <@&{moderator.id}> size {megabytes}")
        assert f"Max file size: {shown}" in (await stage.answer("milo", "$dls")).content.splitlines()
    await stage.answer("olivia", f"$dls role <@&{moderator.id}> none")


async def test_help_lists_what_one_may_change(stage: Stage) -> None:
    mine = (await stage.answer("ada", "$dls help")).content
    owners = (await stage.answer("olivia", "$dls help")).content
    assert "`retries`" in mine
    assert "`allowed-roles`" not in mine
    assert "`allowed-roles`" in owners
    assert "`level`" in owners


async def test_the_slash_command_completes_names_and_values(stage: Stage) -> None:
    ada, olivia = stage.user("ada"), stage.user("olivia")
    mine = [one["name"] for one in await ada.commands.complete(stage.general, "dls", "setting", "")]
    assert "bar" in mine
    assert "allowed-roles" not in mine
    theirs = [one["name"] for one in await olivia.commands.complete(stage.general, "dls", "setting", "allowed")]
    assert theirs == ["allowed-roles", "allowed-channels"]
    values = await ada.commands.complete(stage.general, "dls", "value", "d", {"setting": "bar"})
    assert [one["value"] for one in values] == ["standard", "dots", "default"]
    exchange = await ada.commands.slash(stage.general, "dls", {"setting": "bar", "value": "dots"})
    answer = await exchange.reply()
    assert "Progress bar: Dots" in answer.content
    assert answer.visible_to == ada.id
