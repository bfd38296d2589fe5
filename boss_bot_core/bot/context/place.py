"""Where a command was used, as far as Discord tells: facts that the client does not know are fetched, never guessed.

The client does not know threads that were archived when it connected, and of a guild that is unavailable since then it
knows nothing but the id. discord.py then computes no permissions at all, which says nothing about the real ones.
"""

from typing import Any

import attrs
import discord
from loguru import logger

from boss_bot_core.bot.api.retry import CONNECTION_ERRORS, retry_on_disconnect


@attrs.frozen
class Place:
    """A channel and a user in it.

    Attributes:
        channel: The channel or thread; discord.py has no common class for those that take messages.
        user: The user; `discord.Object` when only the id is known.
    """

    channel: Any
    user: discord.User | discord.Member | discord.Object


def read_permissions(channel: Any, user: object) -> discord.Permissions | None:  # noqa: ANN401 - see above
    """Return the permissions of a member in a channel, or None when they cannot be computed from what is known."""
    guild: discord.Guild | None = getattr(channel, "guild", None)
    if isinstance(channel, discord.PartialMessageable) or guild is None or guild.default_role is None:
        return None
    if not isinstance(user, discord.Member):
        return None
    try:
        granted: discord.Permissions = channel.permissions_for(user)
    except discord.ClientException:  # a thread whose channel the client does not know
        return None
    return granted


def read_own_permissions(channel: Any) -> discord.Permissions | None:  # noqa: ANN401 - see above
    """Return the bot's permissions in a channel, or None when they cannot be computed from what is known."""
    guild: discord.Guild | None = getattr(channel, "guild", None)
    return None if guild is None else read_permissions(channel, guild.me)


async def find_channel(client: discord.Client, channel_id: int) -> Any:  # noqa: ANN401 - see above
    """Return a channel from the client's cache or from Discord.

    Raises:
        discord.DiscordException: Discord does not show the channel to the bot.
        aiohttp.ClientError: Discord cannot be reached; likewise `ConnectionError` and `TimeoutError`.
    """
    return client.get_channel(channel_id) or await retry_on_disconnect(lambda: client.fetch_channel(channel_id))


async def find_place(client: discord.Client, place: Place) -> Place:
    """Return a place with everything that the client or Discord knows of it; what cannot be fetched stays as it is."""
    channel_id, guild = place.channel.id, getattr(place.channel, "guild", None)
    try:
        if guild is not None and guild.default_role is None:
            fetched = await retry_on_disconnect(lambda: client.fetch_guild(guild.id, with_counts=False))
            member = await retry_on_disconnect(lambda: fetched.fetch_member(place.user.id))
            return Place(await retry_on_disconnect(lambda: fetched.fetch_channel(channel_id)), member)
        if isinstance(place.channel, discord.PartialMessageable):
            return attrs.evolve(place, channel=await find_channel(client, channel_id))
    except (discord.DiscordException, *CONNECTION_ERRORS) as error:
        logger.bind(action="place").info("Channel {} cannot be read: {!r}", channel_id, error)
    return place


async def is_age_restricted(channel: Any) -> bool:  # noqa: ANN401 - see above
    """Return whether a channel of a guild is age-restricted; a thread is if its channel is."""
    if isinstance(channel, discord.Thread) and channel.parent is None:
        guild, parent_id = channel.guild, channel.parent_id
        try:
            channel = await retry_on_disconnect(lambda: guild.fetch_channel(parent_id))
        except (discord.DiscordException, *CONNECTION_ERRORS):
            return False
    return bool(hasattr(channel, "is_nsfw") and channel.is_nsfw())
