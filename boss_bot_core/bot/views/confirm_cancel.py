"""The question before all downloads of a user are cancelled.

It is a view of its own: it lives for a minute and holds no button of a card.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import discord

from boss_bot_core.bot.context.interaction import read_interaction_invoker
from boss_bot_core.bot.controls.service import ControlService
from boss_bot_core.bot.language import set_language
from boss_bot_core.bot.texts import cancel as cancel_texts
from boss_bot_core.bot.texts.controls import ControlReply
from boss_bot_core.bot.views.respond import send_reply
from boss_bot_core.domain.clock import utc_now

if TYPE_CHECKING:
    from boss_bot_core.bot.client import BossBot

TIMEOUT_S = 60.0

ConfirmButton = discord.ui.Button["CancelAllView"]


class CancelAllView(discord.ui.View):
    """The buttons "Cancel all" and "Keep them", which only the user who was asked may press.

    Args:
        controls: Cancels the downloads.
        user_id: The user who is asked.
        item_ids: The downloads to cancel.
    """

    def __init__(self, controls: ControlService, user_id: int, item_ids: Sequence[UUID]) -> None:
        super().__init__(timeout=TIMEOUT_S)
        self._controls = controls
        self._user_id = user_id
        self._item_ids = tuple(item_ids)
        self.confirm.label, self.decline.label = str(cancel_texts.CANCEL_ALL), str(cancel_texts.KEEP_ALL)

    @property
    def question(self) -> str:
        """The text of the message with these buttons, with the time until which they work."""
        return cancel_texts.cancel_all_question(len(self._item_ids), utc_now() + timedelta(seconds=TIMEOUT_S))

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Return whether the user was asked; refuse every other user with an answer."""
        set_language(interaction.client.languages.for_interaction(interaction))
        if interaction.user.id == self._user_id:
            return True
        await send_reply(interaction, ControlReply(cancel_texts.foreign_question(self._user_id)))
        return False

    async def on_error(
        self, interaction: discord.Interaction[Any], error: Exception, _item: discord.ui.Item[Any], /
    ) -> None:
        """Answer an exception through the bot's error handler."""
        bot: BossBot = interaction.client
        await bot.errors.handle_interaction(interaction, error)

    @discord.ui.button(emoji="⏹️", style=discord.ButtonStyle.danger)
    async def confirm(self, interaction: discord.Interaction[Any], _button: ConfirmButton) -> None:
        """Cancel the downloads."""
        self.stop()
        await interaction.response.defer()
        reply = await self._controls.cancel_all(self._item_ids, await read_interaction_invoker(interaction))
        await interaction.edit_original_response(content=reply.text, view=None)

    @discord.ui.button(style=discord.ButtonStyle.secondary)
    async def decline(self, interaction: discord.Interaction[Any], _button: ConfirmButton) -> None:
        """Cancel nothing."""
        self.stop()
        await interaction.response.edit_message(content=str(cancel_texts.NOTHING_CANCELLED), view=None)
