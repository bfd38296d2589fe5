"""Asks before everything is cancelled. A view of its own: it lives a minute, and holds no button of a card."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import discord

from boss_bot_core.bot.controls.service import ControlService
from boss_bot_core.bot.texts import units
from boss_bot_core.bot.texts.controls import ControlReply
from boss_bot_core.bot.views.respond import actor_of, send_reply
from boss_bot_core.domain.clock import utc_now

TIMEOUT_S = 60.0

Press = discord.Interaction[Any]
Button = discord.ui.Button["CancelAllView"]


class CancelAllView(discord.ui.View):
    """Yes and no, for one person.

    Args:
        controls: Cancels.
        user_id: Who asked, and alone may answer.
        item_ids: What is cancelled then.
    """

    def __init__(self, controls: ControlService, user_id: int, item_ids: Sequence[UUID]) -> None:
        super().__init__(timeout=TIMEOUT_S)
        self._controls = controls
        self._user_id = user_id
        self._item_ids = tuple(item_ids)

    @property
    def question(self) -> str:
        """What is asked, and until when: Discord tells nobody why a button does nothing any more."""
        count = len(self._item_ids)
        ends_at = units.relative_timestamp(utc_now() + timedelta(seconds=TIMEOUT_S))
        return f"Cancel {count} download{'' if count == 1 else 's'}? The question ends {ends_at}."

    async def interaction_check(self, interaction: Press, /) -> bool:
        """Let nobody else answer, and say so."""
        if interaction.user.id == self._user_id:
            return True
        await send_reply(interaction, ControlReply(f"Only <@{self._user_id}> can answer that."))
        return False

    async def on_error(self, interaction: Press, error: Exception, _item: discord.ui.Item[Any], /) -> None:
        """Answer whatever goes wrong through the bot's one error registry."""
        await interaction.client.errors.handle_interaction(interaction, error)

    @discord.ui.button(label="Cancel all", emoji="⏹️", style=discord.ButtonStyle.danger)
    async def yes(self, interaction: Press, _button: Button) -> None:
        """Cancel them."""
        self.stop()
        await interaction.response.defer()
        reply = await self._controls.cancel_all(self._item_ids, actor_of(interaction))
        await interaction.edit_original_response(content=reply.text, view=None)

    @discord.ui.button(label="Keep them", style=discord.ButtonStyle.secondary)
    async def no(self, interaction: Press, _button: Button) -> None:
        """Leave everything as it is."""
        self.stop()
        await interaction.response.edit_message(content="Nothing was cancelled.", view=None)
