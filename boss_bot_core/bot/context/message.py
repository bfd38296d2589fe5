"""The context of a typed command: answered with replies that mention nobody."""

import contextlib
from typing import Any

import discord
from discord.ext import commands

from boss_bot_core.bot.api.errors import is_reply_forbidden, is_sending_forbidden
from boss_bot_core.bot.api.retry import new_nonce, retry_on_disconnect
from boss_bot_core.bot.context.base import AnswerPicture, CommandContext, MessageContent, TextContent, list_files
from boss_bot_core.bot.context.channel import ChannelInfo
from boss_bot_core.bot.context.invoker import read_invoker
from boss_bot_core.bot.context.place import Place, read_own_permissions, read_permissions
from boss_bot_core.bot.texts.escape import truncate_message


class PrefixContext(CommandContext):
    """The context of a typed command."""

    def __init__(self, context: commands.Context[Any], place: Place, channel: ChannelInfo) -> None:
        self._context = context
        guild_id = None if context.guild is None else context.guild.id
        self.invoker = read_invoker(
            place.user, read_permissions(place.channel, place.user), channel=place.channel, guild_id=guild_id
        )
        self.channel = channel

    @property
    def request_message_id(self) -> int | None:
        """The message that contains the command."""
        return self._context.message.id

    async def post(self, shown: MessageContent) -> discord.Message:
        """Reply to the command's message."""
        return await _send_reply(self._context, shown)

    async def reply(
        self, text: str, *, view: discord.ui.View | None = None, picture: AnswerPicture | None = None
    ) -> None:
        """Reply to the command's message, or in direct messages where the bot may not write."""
        await reply_or_message(self._context, text, view=view, picture=picture)


async def reply_or_message(
    context: commands.Context[Any],
    text: str,
    *,
    view: discord.ui.View | None = None,
    picture: AnswerPicture | None = None,
) -> None:
    """Reply with `text`, or send it to the user's direct messages where the bot may not write in the channel."""
    content = truncate_message(text)
    try:
        await _send_reply(context, TextContent(content=content, view=view), picture)
    except discord.HTTPException as error:
        if not is_sending_forbidden(error):
            raise
        # When the user does not accept direct messages either, there is no way to answer.
        with contextlib.suppress(discord.Forbidden):
            nonce = new_nonce()
            await retry_on_disconnect(lambda: context.author.send(content, nonce=nonce, suppress_embeds=True))


async def _send_reply(
    context: commands.Context[Any], shown: MessageContent, picture: AnswerPicture | None = None
) -> discord.Message:
    """Reply to the message of `context`; send without a reference where the bot may not read the history."""
    extras: dict[str, Any] = {"nonce": new_nonce(), "suppress_embeds": shown.embed is None, "mention_author": False}
    if shown.embed is not None:
        extras["embed"] = shown.embed
    if shown.view is not None:
        extras["view"] = shown.view
    permissions = read_own_permissions(context.channel)
    if permissions is not None and not permissions.attach_files:
        picture = None
    reference = context.message.to_reference(fail_if_not_exists=False)
    try:
        return await retry_on_disconnect(
            lambda: context.send(shown.content, reference=reference, files=list_files(picture), **extras)
        )
    except discord.HTTPException as error:
        if not is_reply_forbidden(error):
            raise
        return await retry_on_disconnect(lambda: context.send(shown.content, **extras))
