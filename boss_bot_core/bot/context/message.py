"""A command that was typed in a channel: answered with replies that ping nobody."""

import contextlib
from typing import Any

import discord
from discord.ext import commands

from boss_bot_core.bot.api.retry import new_nonce, retry_on_disconnect
from boss_bot_core.bot.context.base import CommandContext, Invoker, MessageContent, TextContent, truncate_message
from boss_bot_core.bot.context.channel import ChannelInfo


class PrefixContext(CommandContext):
    """A typed command."""

    def __init__(self, context: commands.Context[Any], channel: ChannelInfo) -> None:
        self._context = context
        self.invoker = Invoker.from_user(context.author, context.permissions)
        self.channel = channel

    @property
    def request_message_id(self) -> int | None:
        """The message that asked."""
        return self._context.message.id

    async def post(self, shown: MessageContent) -> discord.Message:
        """Reply."""
        return await reply_to(self._context, shown)

    async def reply(self, text: str, *, view: discord.ui.View | None = None) -> None:
        """Reply; where the bot may not write, they are told in their direct messages."""
        await tell(self._context, text, view=view)


async def reply_to(context: commands.Context[Any], shown: MessageContent) -> discord.Message:
    """Reply to the message that `context` is about; without a reference where that is not allowed."""
    extras: dict[str, Any] = {}
    if context.bot_permissions.read_message_history:
        extras["reference"] = context.message.to_reference(fail_if_not_exists=False)
    if shown.embed is not None:
        extras["embed"] = shown.embed
    if shown.view is not None:
        extras["view"] = shown.view
    nonce = new_nonce()
    return await retry_on_disconnect(
        lambda: context.send(
            shown.content, nonce=nonce, suppress_embeds=shown.embed is None, mention_author=False, **extras
        )
    )


def can_send(context: commands.Context[Any]) -> bool:
    """Tell whether the bot may write where it was asked."""
    granted = context.bot_permissions
    return granted.send_messages_in_threads if isinstance(context.channel, discord.Thread) else granted.send_messages


async def tell(context: commands.Context[Any], text: str, *, view: discord.ui.View | None = None) -> None:
    """Reply with `text`, or write to the person where the bot may not write in the channel."""
    if can_send(context):
        await reply_to(context, TextContent(content=truncate_message(text), view=view))
        return
    # They may have closed their direct messages: then nobody can be told.
    with contextlib.suppress(discord.Forbidden):
        nonce = new_nonce()
        await retry_on_disconnect(
            lambda: context.author.send(truncate_message(text), nonce=nonce, suppress_embeds=True)
        )
