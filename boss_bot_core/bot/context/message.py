"""A command that was typed in a channel: answered with replies that ping nobody."""

import contextlib
from typing import Any

import discord
from discord.ext import commands

from boss_bot_core.bot.api.retry import new_nonce, persistently
from boss_bot_core.bot.context.base import Call, Person, Shown, Text, fitted
from boss_bot_core.bot.context.channel import Place


class MessageCall(Call):
    """A typed command."""

    def __init__(self, context: commands.Context[Any], place: Place) -> None:
        self._context = context
        self.person = Person.of(context.author, context.permissions)
        self.place = place

    @property
    def request_message_id(self) -> int | None:
        """The message that asked."""
        return self._context.message.id

    async def post(self, shown: Shown) -> discord.Message:
        """Reply."""
        return await reply_to(self._context, shown)

    async def say(self, text: str, *, view: discord.ui.View | None = None) -> None:
        """Reply; where the bot may not write, they are told in their direct messages."""
        await tell(self._context, text, view=view)


async def reply_to(context: commands.Context[Any], shown: Shown) -> discord.Message:
    """Reply to the message that `context` is about; without a reference where that is not allowed."""
    extras: dict[str, Any] = {}
    if context.bot_permissions.read_message_history:
        extras["reference"] = context.message.to_reference(fail_if_not_exists=False)
    if shown.embed is not None:
        extras["embed"] = shown.embed
    if shown.view is not None:
        extras["view"] = shown.view
    nonce = new_nonce()
    return await persistently(
        lambda: context.send(
            shown.content, nonce=nonce, suppress_embeds=shown.embed is None, mention_author=False, **extras
        )
    )


def may_write(context: commands.Context[Any]) -> bool:
    """Tell whether the bot may write where it was asked."""
    granted = context.bot_permissions
    return granted.send_messages_in_threads if isinstance(context.channel, discord.Thread) else granted.send_messages


async def tell(context: commands.Context[Any], text: str, *, view: discord.ui.View | None = None) -> None:
    """Reply with `text`, or write to the person where the bot may not write in the channel."""
    if may_write(context):
        await reply_to(context, Text(content=fitted(text), view=view))
        return
    # They may have closed their direct messages: then nobody can be told.
    with contextlib.suppress(discord.Forbidden):
        nonce = new_nonce()
        await persistently(lambda: context.author.send(fitted(text), nonce=nonce, suppress_embeds=True))
