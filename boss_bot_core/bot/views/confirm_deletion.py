"""The question before everything that is kept of a user is deleted."""

from typing import Any

import discord

from boss_bot_core.bot.texts import privacy as privacy_texts
from boss_bot_core.bot.views.question import QuestionView
from boss_bot_core.operations.privacy import PrivacyService

AnswerButton = discord.ui.Button["ConfirmDeletionView"]


class ConfirmDeletionView(QuestionView):
    """The buttons "Delete everything" and "Keep it".

    Args:
        privacy: Deletes what is kept.
        user_id: The user who is asked.
    """

    def __init__(self, privacy: PrivacyService, user_id: int) -> None:
        super().__init__(user_id)
        self._privacy = privacy

    @discord.ui.button(label=privacy_texts.CONFIRM, emoji="🗑️", style=discord.ButtonStyle.danger)
    async def confirm(self, interaction: discord.Interaction[Any], _button: AnswerButton) -> None:
        """Delete everything, and say what it was."""
        self.stop()
        # A running download may take a while to stop, and the question must not be answered twice.
        await interaction.response.edit_message(content=privacy_texts.DELETING, view=None)
        report = await self._privacy.delete(self._user_id)
        await interaction.edit_original_response(content=privacy_texts.deletion_text(report))

    @discord.ui.button(label=privacy_texts.DECLINE, style=discord.ButtonStyle.secondary)
    async def decline(self, interaction: discord.Interaction[Any], _button: AnswerButton) -> None:
        """Delete nothing."""
        self.stop()
        await interaction.response.edit_message(content=privacy_texts.DECLINED, view=None)
