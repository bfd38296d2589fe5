"""What Discord is asked to tell the bot, and whether it may be asked."""

import discord


def needed_intents(*, message_content: bool) -> discord.Intents:
    """Return what Discord is asked to tell; members and presences are nobody's business here."""
    intents = discord.Intents.none()
    intents.guilds = intents.guild_messages = intents.dm_messages = True
    intents.guild_reactions = intents.dm_reactions = True
    intents.message_content = message_content
    return intents


def may_read_messages(flags: discord.ApplicationFlags) -> bool:
    """Tell whether the developer portal's switch for message content is on.

    A server that tells no flags at all may still allow it: it says so when the bot connects.
    """
    return flags.gateway_message_content or flags.gateway_message_content_limited or flags.value == 0
