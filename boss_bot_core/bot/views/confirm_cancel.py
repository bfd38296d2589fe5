"""The question before all downloads of a user are cancelled."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import discord

from boss_bot_core.bot.context.interaction import read_interaction_invoker
from boss_bot_core.bot.controls.service import ControlService
from boss_bot_core.bot.texts import cancel as cancel_texts
from boss_bot_core.bot.views.question import QuestionView

ConfirmButton = discord.ui.Button["CancelAllView"]


class CancelAllView(QuestionView):
    """The buttons "Cancel all" and "Keep them".

    Args:
        controls: Cancels the downloads.
        user_id: The user who is asked.
        item_ids: The downloads to cancel.
    """

    def __init__(self, controls: ControlService, user_id: int, item_ids: Sequence[UUID]) -> None:
        super().__init__(user_id)
        self._controls = controls
        self._item_ids = tuple(item_ids)

    @property
    def question(self) -> str:
        """The text of the message with these buttons, with the time until which they work."""
        return cancel_texts.cancel_all_question(len(self._item_ids), self.ends_at)

    @discord.ui.button(label=cancel_texts.CANCEL_ALL, emoji="⏹️", style=discord.ButtonStyle.danger)
    async def confirm(self, interaction: discord.Interaction[Any], _button: ConfirmButton) -> None:
        """Cancel the downloads."""
        self.stop()
        await interaction.response.defer()
        reply = await self._controls.cancel_all(self._item_ids, await read_interaction_invoker(interaction))
        await interaction.edit_original_response(content=reply.text, view=None)

    @discord.ui.button(label=cancel_texts.KEEP_ALL, style=discord.ButtonStyle.secondary)
    async def decline(self, interaction: discord.Interaction[Any], _button: ConfirmButton) -> None:
        """Cancel nothing."""
        self.stop()
        await interaction.response.edit_message(content=cancel_texts.NOTHING_CANCELLED, view=None)
