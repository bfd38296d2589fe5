"""Whose commands are the owner's: one person's, or those of a team's people who may change the application."""

from collections.abc import AsyncIterator

import discord
import pytest

from boss_bot_core.bot.application import owner_ids
from boss_bot_core.bot.client import BossBot
from boss_bot_sandbox.discord import LocalDiscord, Options
from boss_bot_sandbox.site import RemoteSite
from tests.bot.bot_runner import open_discord
from tests.bot.cogs.conftest import BotHarness

REFUSED = "⛔ Only the bot's owner can do that."


@pytest.fixture
async def local_discord() -> AsyncIterator[LocalDiscord]:
    async with open_discord(Options(team={"ada": "developer", "bob": "read_only"})) as server:
        yield server


async def test_a_teams_owner_and_developers_own_the_bot_and_onlookers_do_not(
    bot: BossBot, local_discord: LocalDiscord, site: RemoteSite
) -> None:
    harness = BotHarness(bot, local_discord, site)
    for owner in ("olivia", "ada"):
        assert (await harness.answer(owner, "$sync here")).content.startswith("✅")
        assert "Servers:" in (await harness.answer(owner, "$health")).content
        changed = await harness.answer(owner, f"$dls user-running <@{harness.user('bob').id}> 1")
        assert changed.content.startswith("✅")
    for other in ("bob", "milo"):
        assert (await harness.answer(other, "$sync here")).content == REFUSED
        assert "Servers:" not in (await harness.answer(other, "$health")).content
        assert (await harness.answer(other, f"$dls level <@{harness.user('bob').id}> admin")).content == REFUSED


async def test_who_has_not_accepted_an_invitation_is_no_owner_yet(bot: BossBot) -> None:
    information = await bot.application_info()
    assert information.team is not None
    for member in information.team.members:
        member.membership_state = discord.TeamMembershipState.invited
    assert owner_ids(information) == {information.team.owner_id}
