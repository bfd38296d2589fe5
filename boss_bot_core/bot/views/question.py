"""The base of questions with two buttons, which only the user who was asked may answer, within a minute.

A question is a view of its own: it holds no button of a card, and a restart of the bot ends it.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import discord

from boss_bot_core.bot.texts import cancel as cancel_texts
from boss_bot_core.bot.texts.controls import ControlReply
from boss_bot_core.bot.views.respond import send_reply
from boss_bot_core.domain.clock import utc_now

if TYPE_CHECKING:
    from boss_bot_core.bot.client import BossBot

TIMEOUT_S = 60.0


class QuestionView(discord.ui.View):
    """The buttons of a question.

    Args:
        user_id: The user who is asked.
    """

    def __init__(self, user_id: int) -> None:
        super().__init__(timeout=TIMEOUT_S)
        self._user_id = user_id

    @property
    def ends_at(self) -> datetime:
        """The time until which the buttons work, if they are posted now, UTC."""
        return utc_now() + timedelta(seconds=TIMEOUT_S)

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Return whether the user was asked; refuse every other user with an answer."""
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
