"""Interactions that are answered too late, twice or never."""

from __future__ import annotations

from typing import Any

import discord
import pytest

from boss_bot_sandbox.discord import LocalDiscord, Options, UnansweredError
from boss_bot_sandbox.discord.state.message_sender import send_message
from boss_bot_sandbox.discord.testing import RecordingBot
from boss_bot_sandbox.discord.validation.message_body import read_draft


@pytest.fixture
def recording_bot() -> RecordingBot:
    bot = RecordingBot()

    @bot.tree.command()
    async def dl(interaction: discord.Interaction[Any]) -> None:
        """Answer at once."""
        await interaction.response.send_message("here")

    @bot.tree.command()
    async def asleep(interaction: discord.Interaction[Any]) -> None:
        """Never answer."""

    return bot


async def test_interaction_tokens_expire_after_15_minutes(
    local_discord: LocalDiscord, synced_bot: RecordingBot
) -> None:
    general = local_discord.channel("general")
    await (await local_discord.user("ada").commands.slash(general, "dl")).reply()
    interaction = await synced_bot.wait_for_event("interaction")
    assert (await interaction.original_response()).content == "here"
    await interaction.edit_original_response(content="in time")
    local_discord.faults.expire_interactions()
    with pytest.raises(discord.HTTPException) as refused:
        await interaction.edit_original_response(content="too late")
    assert (refused.value.status, refused.value.code) == (401, 50027)
    # The message itself is an ordinary message, which can still be edited without the token.
    await (
        synced_bot.get_partial_messageable(general.id).get_partial_message(general.messages[0].id).edit(content="still")
    )
    assert general.messages[0].content == "still"


async def test_a_second_first_answer_is_refused(local_discord: LocalDiscord, synced_bot: RecordingBot) -> None:
    await (await local_discord.user("ada").commands.slash(local_discord.channel("general"), "dl")).reply()
    interaction = await synced_bot.wait_for_event("interaction")
    interaction.response._response_type = None
    with pytest.raises(discord.HTTPException) as refused:
        await interaction.response.send_message("again")
    assert (refused.value.status, refused.value.code) == (400, 40060)


async def test_original_answer_and_followups_can_be_deleted(
    local_discord: LocalDiscord, synced_bot: RecordingBot
) -> None:
    general = local_discord.channel("general")
    await (await local_discord.user("ada").commands.slash(general, "dl")).reply()
    interaction = await synced_bot.wait_for_event("interaction")
    more = await interaction.followup.send("more", wait=True)
    assert [one.content for one in general.messages] == ["here", "more"]
    await more.edit(content="even more")
    assert general.messages[1].content == "even more"
    await more.delete()
    await interaction.delete_original_response()
    assert general.messages == []
    with pytest.raises(discord.NotFound):
        await interaction.original_response()


class TestDeadlines:
    """A short answer deadline instead of Discord's three seconds, so that tests are fast."""

    @pytest.fixture
    def discord_options(self) -> Options:
        return Options(answer_deadline_s=0.2)

    async def test_a_late_answer_is_refused(self, local_discord: LocalDiscord, synced_bot: RecordingBot) -> None:
        observer = await local_discord.user("ada").commands.slash(local_discord.channel("general"), "asleep")
        with pytest.raises(UnansweredError):
            await observer.wait_for_answer()
        interaction = await synced_bot.wait_for_event("interaction")
        with pytest.raises(discord.NotFound) as refused:
            await interaction.response.send_message("too late")
        assert refused.value.code == 10062

    async def test_an_unanswered_button_fails(self, local_discord: LocalDiscord) -> None:
        channel = local_discord.channel("general")
        row = {"type": 1, "components": [{"type": 2, "style": 1, "label": "Go", "custom_id": "go"}]}
        draft = read_draft({"components": [row]})
        message = send_message(local_discord.state, local_discord.state.bot.id, channel.id, draft)
        observer = await local_discord.user("ada").press(message, "Go")
        with pytest.raises(UnansweredError):
            await observer.wait_for_answer()
