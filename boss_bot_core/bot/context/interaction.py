"""Contexts of slash commands and menus: deferred first, because Discord waits three seconds only.

A user can install the bot for themselves and use it where the bot is no member. There it may answer but not post files,
and its token expires after 15 minutes. So card and files go to the user's direct messages. The user's permissions in
that place give no rights over anything of the bot.
"""

from typing import Any

import discord

from boss_bot_core.bot.api.errors import is_already_acknowledged
from boss_bot_core.bot.api.retry import new_nonce, retry_on_disconnect
from boss_bot_core.bot.context.base import AnswerPicture, CommandContext, MessageContent, TextContent, list_files
from boss_bot_core.bot.context.channel import ChannelInfo
from boss_bot_core.bot.context.invoker import Invoker, read_invoker
from boss_bot_core.bot.context.place import Place, find_place
from boss_bot_core.bot.exceptions import ClosedDirectMessagesError
from boss_bot_core.bot.texts import commands as command_texts
from boss_bot_core.bot.texts.escape import truncate_message


async def defer(interaction: discord.Interaction[Any], *, ephemeral: bool) -> None:
    """Tell Discord that an answer follows. Call this before anything else.

    Args:
        interaction: The interaction to answer.
        ephemeral: Whether only the user sees the first answer.
    """
    try:
        await retry_on_disconnect(lambda: interaction.response.defer(ephemeral=ephemeral, thinking=True))
    except discord.HTTPException as error:
        if not is_already_acknowledged(error):
            raise


async def read_interaction_invoker(interaction: discord.Interaction[Any]) -> Invoker:
    """Return the user of a button, with what the client does not know of the place."""
    place = await find_place(interaction.client, Place(interaction.channel, interaction.user))
    return _read_invoker(interaction, place, interaction.guild_id)


def _read_invoker(interaction: discord.Interaction[Any], place: Place, guild_id: int | None) -> Invoker:
    return read_invoker(place.user, interaction.permissions, channel=place.channel, guild_id=guild_id)


class InteractionContext(CommandContext):
    """The context of a deferred slash command or menu."""

    def __init__(self, interaction: discord.Interaction[Any], place: Place, channel: ChannelInfo) -> None:
        self._interaction = interaction
        self._answered = False
        self.invoker = _read_invoker(interaction, place, None if channel.is_direct else channel.guild_id)
        self.channel = channel

    @property
    def request_message_id(self) -> int | None:
        """None: an interaction has no request message."""
        return None

    async def post(self, shown: MessageContent) -> discord.Message:
        """Fill in the deferred answer, or send a further message when it is filled already."""
        if self._answered:
            return await self._interaction.followup.send(wait=True, **_present_parts(shown))
        self._answered = True
        edit = self._interaction.edit_original_response
        return await retry_on_disconnect(lambda: edit(content=shown.content, embed=shown.embed, view=shown.view))

    async def reply(
        self, text: str, *, view: discord.ui.View | None = None, picture: AnswerPicture | None = None
    ) -> None:
        """Fill in the deferred answer, or send a further ephemeral message when it is filled already."""
        content, extras = truncate_message(text), _present_parts(TextContent(content=None, view=view))
        if self._answered:
            await self._interaction.followup.send(content, ephemeral=True, suppress_embeds=True, **extras)
            return
        self._answered = True
        edit = self._interaction.edit_original_response
        await retry_on_disconnect(lambda: edit(content=content, view=view, attachments=list_files(picture)))


def _present_parts(shown: MessageContent) -> dict[str, Any]:
    parts = {"content": shown.content, "embed": shown.embed, "view": shown.view}
    return {name: part for name, part in parts.items() if part is not None}


async def reply_privately(interaction: discord.Interaction[Any], text: str) -> None:
    """Answer an interaction in any state, ephemerally where that is still possible."""
    if not interaction.response.is_done():
        try:
            await interaction.response.send_message(text, ephemeral=True, suppress_embeds=True)
        except discord.HTTPException as error:
            if not is_already_acknowledged(error):
                raise
        else:
            return
    # After a deferral, Discord puts the first of these into the message that still shows "thinking…".
    await interaction.followup.send(text, ephemeral=True, suppress_embeds=True)


class UserInstallContext(InteractionContext):
    """The context of a deferred interaction in a place that the bot is not a member of."""

    def __init__(self, interaction: discord.Interaction[Any], place: Place, channel: ChannelInfo) -> None:
        super().__init__(interaction, place, channel)
        self._direct = place.channel

    async def post(self, shown: MessageContent) -> discord.Message:
        """Post in the user's direct messages, and answer the interaction with a link to that message.

        Raises:
            ClosedDirectMessagesError: The user does not accept direct messages from the bot.
        """
        parts = _present_parts(shown) | {"nonce": new_nonce()}
        try:
            message: discord.Message = await retry_on_disconnect(lambda: self._direct.send(**parts))
        except discord.Forbidden:
            raise ClosedDirectMessagesError from None
        await self.reply(command_texts.sent_to_direct_messages(message.jump_url))
        return message
