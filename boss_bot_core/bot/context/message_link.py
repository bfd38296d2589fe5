"""Links to Discord messages stand for the links and files of these messages, as far as the user may read them.

The bot reads more than its users. So it opens a message only for a user who could open it in Discord.
"""

from http import HTTPStatus
from typing import Any

import attrs
import discord

from boss_bot_core.bot.context.base import CommandContext
from boss_bot_core.bot.context.place import find_channel
from boss_bot_core.bot.context.source_message import collect_links
from boss_bot_core.domain.link import Link
from boss_bot_core.routing import MAX_LINKS, FoundLink, merge_links

_HOSTS = ("discord.com", "discordapp.com")
_DIRECT = "@me"


@attrs.frozen
class _Target:
    guild_id: int | None
    channel_id: int
    message_id: int


def _find_target(link: Link) -> _Target | None:
    match link.segments:
        case ("channels", guild, channel, message) if link.on_host(*_HOSTS) and (channel + message).isdecimal():
            if guild == _DIRECT or guild.isdecimal():
                return _Target(None if guild == _DIRECT else int(guild), int(channel), int(message))
    return None


def is_message_link(link: Link) -> bool:
    """Return whether `link` leads to a Discord message."""
    return _find_target(link) is not None


class MessageLinkResolver:
    """Replaces links to messages with what these messages contain.

    Args:
        client: The client that reads the messages.
    """

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    async def resolve(self, links: tuple[FoundLink, ...], context: CommandContext) -> tuple[FoundLink, ...]:
        """Return `links` with the links and files of each linked message in place of the link to it.

        A link to a message stays if the message is gone, or if the user or the bot cannot read it. Within a linked
        message, links to further messages are left out. Only as many links are looked at as one command downloads.
        """
        resolved: list[FoundLink] = []
        for found in links[:MAX_LINKS]:
            target = _find_target(found.link)
            message = None if target is None else await self._fetch(target, context)
            if message is None:
                resolved.append(found)
                continue
            inner = (each for each in collect_links(message) if not is_message_link(each.link))
            resolved += [attrs.evolve(each, is_hidden=each.is_hidden or found.is_hidden) for each in inner]
        return merge_links((*resolved, *links[MAX_LINKS:]))

    async def _fetch(self, target: _Target, context: CommandContext) -> discord.Message | None:
        try:
            channel = await find_channel(self._client, target.channel_id)
            if isinstance(channel, discord.abc.Messageable) and await _can_read(channel, target.guild_id, context):
                return await channel.fetch_message(target.message_id)
        except discord.InvalidData:
            return None
        except discord.HTTPException as error:
            # Discord's own trouble says nothing about the message.
            if error.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                raise
        return None


# Any: discord.py has a class for each kind of channel, and no common one for those that have messages.
async def _can_read(channel: Any, guild_id: int | None, context: CommandContext) -> bool:  # noqa: ANN401 - see above
    """Return whether the user may read the history of a channel, and its media may be shown where the command is.

    Raises:
        discord.NotFound: The user is not a member of the guild or of the private thread.
    """
    user_id = context.invoker.user_id
    if isinstance(channel, discord.DMChannel):
        return guild_id is None and channel.recipient is not None and channel.recipient.id == user_id
    if not hasattr(channel, "guild") or channel.guild.id != guild_id:
        return False
    member = channel.guild.get_member(user_id) or await channel.guild.fetch_member(user_id)
    granted = channel.permissions_for(member)
    if not (granted.view_channel and granted.read_message_history):
        return False
    if isinstance(channel, discord.Thread) and channel.is_private() and not granted.manage_threads:
        await channel.fetch_member(user_id)
    return context.channel.is_age_restricted or not channel.is_nsfw()
