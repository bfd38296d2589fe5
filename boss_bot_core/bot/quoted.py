"""The links that are already in a message: its words, what it forwards, what it embeds."""

import discord


def text_of(message: discord.Message) -> str:
    """Return everything in a message that may hold a link."""
    forwarded = [snapshot.content for snapshot in message.message_snapshots]
    embedded = [embed.url for embed in message.embeds if embed.url]
    return "\n".join([message.content, *forwarded, *embedded])


async def replied_text(message: discord.Message) -> str:
    """Return the same of the message that this one replies to; empty where there is none, or none to be had."""
    reference = message.reference
    if reference is None or reference.message_id is None:
        return ""
    known = reference.resolved if isinstance(reference.resolved, discord.Message) else reference.cached_message
    if known is None:
        try:
            known = await message.channel.fetch_message(reference.message_id)
        except (discord.NotFound, discord.Forbidden):
            return ""
    return text_of(known)
