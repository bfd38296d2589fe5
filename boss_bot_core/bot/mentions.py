"""Typed commands that begin with a mention of the bot: which mentions count, and what is meant without a command.

People mention the bot and give a link, mention it alone, or choose the role of the same name from Discord's list.
"""

from typing import Any, cast

import discord
from discord.ext import commands

from boss_bot_core.routing import find_links

DOWNLOAD, HELP = "dl", "dlh"


def own_mentions(client: discord.Client, guild: discord.Guild | None) -> tuple[str, ...]:
    """Return the texts that mention the bot: its user, and the role that Discord gives it in a guild.

    Args:
        client: The client, logged in.
        guild: The guild of the message, or None outside of guilds.
    """
    user = cast("discord.ClientUser", client.user)
    users = (user.mention, f"<@!{user.id}>")
    role = None if guild is None else guild.self_role
    return users if role is None else (*users, role.mention)


def choose_command(context: commands.Context[Any]) -> None:
    """Give a message that mentions the bot without naming a command the command that it means.

    A link is to be downloaded, and so is the message that a bare mention replies to. All else is a question for help.
    """
    if context.command is not None or not (context.prefix or "").startswith("<@"):
        return
    view = context.view
    # Back in front of the word that is no command.
    view.undo()
    is_download = context.message.reference is not None or bool(find_links(view.buffer[view.index :]))
    context.invoked_with = DOWNLOAD if is_download else HELP
    context.command = context.bot.get_command(context.invoked_with)
    if not is_download:
        view.index = view.end
