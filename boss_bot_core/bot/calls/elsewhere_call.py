"""A command used where the bot itself is not: its person installed it for themselves.

The bot may answer there, but not post files; and the answer's token dies after 15 minutes. So card and files go to the
person's direct messages. What they may do in that place is no right over anything of the bot's.
"""

from typing import Any

import discord

from boss_bot_core.bot.calls.call import Person, Shown
from boss_bot_core.bot.calls.interaction_call import InteractionCall
from boss_bot_core.bot.errors import ClosedDirectMessagesError
from boss_bot_core.bot.place import Place
from boss_bot_core.bot.sending import new_nonce, persistently


class ElsewhereCall(InteractionCall):
    """A deferred interaction of a place that the bot cannot enter."""

    def __init__(self, interaction: discord.Interaction[Any], place: Place, direct: discord.DMChannel) -> None:
        super().__init__(interaction, place)
        self.person = Person(user_id=interaction.user.id)
        self._direct = direct

    async def post(self, shown: Shown) -> discord.Message:
        """Post in the direct messages, and say where that is.

        Raises:
            ClosedDirectMessagesError: They take none.
        """
        extras: dict[str, Any] = {}
        if shown.embed is not None:
            extras["embed"] = shown.embed
        if shown.view is not None:
            extras["view"] = shown.view
        nonce = new_nonce()
        try:
            message = await persistently(lambda: self._direct.send(shown.content, nonce=nonce, **extras))
        except discord.Forbidden:
            raise ClosedDirectMessagesError from None
        await self.say(f"📬 I'm not a member here, so it comes to your direct messages: {message.jump_url}")
        return message
