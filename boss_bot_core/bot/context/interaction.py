"""A slash command, or a command of a message's menu: deferred first, for Discord waits three seconds only.

A command used where the bot itself is not: its person installed it for themselves.

The bot may answer there, but not post files; and the answer's token dies after 15 minutes. So card and files go to the
person's direct messages. What they may do in that place is no right over anything of the bot's.
"""

from typing import Any

import discord

from boss_bot_core.bot.api.retry import new_nonce, retry_on_disconnect
from boss_bot_core.bot.context.base import CommandContext, Invoker, MessageContent, truncate_message
from boss_bot_core.bot.context.channel import ChannelInfo
from boss_bot_core.bot.exceptions import ClosedDirectMessagesError

_ALREADY_ACKNOWLEDGED = 40_060


async def defer(interaction: discord.Interaction[Any], *, ephemeral: bool) -> None:
    """Tell Discord that an answer follows; to be done before anything else.

    Args:
        interaction: What is to be answered.
        ephemeral: Whether the first answer is for the person alone.
    """
    try:
        await retry_on_disconnect(lambda: interaction.response.defer(ephemeral=ephemeral, thinking=True))
    except discord.HTTPException as error:
        # The connection broke after Discord had taken it.
        if error.code != _ALREADY_ACKNOWLEDGED:
            raise


class InteractionContext(CommandContext):
    """A deferred interaction."""

    def __init__(self, interaction: discord.Interaction[Any], channel: ChannelInfo) -> None:
        self._interaction = interaction
        self._answered = False
        self.invoker = Invoker.from_user(interaction.user, interaction.permissions)
        self.channel = channel

    @property
    def request_message_id(self) -> int | None:
        """Nothing: no message asked."""
        return None

    async def post(self, shown: MessageContent) -> discord.Message:
        """Fill in the deferred answer, or send a further one."""
        if self._answered:
            return await self._interaction.followup.send(wait=True, **_filled(shown))
        self._answered = True
        return await retry_on_disconnect(
            lambda: self._interaction.edit_original_response(content=shown.content, embed=shown.embed, view=shown.view)
        )

    async def reply(self, text: str, *, view: discord.ui.View | None = None) -> None:
        """Answer; after a first answer, for them alone."""
        if self._answered:
            extras: dict[str, Any] = {} if view is None else {"view": view}
            await self._interaction.followup.send(
                truncate_message(text), ephemeral=True, suppress_embeds=True, **extras
            )
            return
        self._answered = True
        await retry_on_disconnect(
            lambda: self._interaction.edit_original_response(content=truncate_message(text), view=view)
        )


def _filled(shown: MessageContent) -> dict[str, Any]:
    parts = {"content": shown.content, "embed": shown.embed, "view": shown.view}
    return {name: part for name, part in parts.items() if part is not None}


async def reply_privately(interaction: discord.Interaction[Any], text: str) -> None:
    """Answer an interaction in whatever state it is, for the person alone where that is still to be had."""
    if not interaction.response.is_done():
        try:
            await interaction.response.send_message(text, ephemeral=True, suppress_embeds=True)
        except discord.HTTPException as error:
            # An acknowledgement whose answer was lost: discord.py does not know that it was made.
            if error.code != _ALREADY_ACKNOWLEDGED:
                raise
        else:
            return
    # After a deferral, Discord puts the first of these into the message that still shows "thinking…".
    await interaction.followup.send(text, ephemeral=True, suppress_embeds=True)


class UserInstallContext(InteractionContext):
    """A deferred interaction of a place that the bot cannot enter."""

    def __init__(self, interaction: discord.Interaction[Any], channel: ChannelInfo, direct: discord.DMChannel) -> None:
        super().__init__(interaction, channel)
        self.invoker = Invoker(user_id=interaction.user.id)
        self._direct = direct

    async def post(self, shown: MessageContent) -> discord.Message:
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
            message = await retry_on_disconnect(lambda: self._direct.send(shown.content, nonce=nonce, **extras))
        except discord.Forbidden:
            raise ClosedDirectMessagesError from None
        await self.reply(f"📬 I'm not a member here, so it comes to your direct messages: {message.jump_url}")
        return message
