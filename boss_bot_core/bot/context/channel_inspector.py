"""Reads a place's facts off discord.py's objects."""

from collections.abc import Awaitable, Callable
from typing import Any

import attrs
import discord

from boss_bot_core.bot.context.channel import ChannelInfo, compute_upload_limit, missing_permissions
from boss_bot_core.domain.items import LOCAL_ID

LearnedLimitReader = Callable[[int], Awaitable[int | None]]
"""Tells what a server's refusals taught of its limit, in bytes."""


@attrs.frozen(kw_only=True)
class ChannelInspector:
    """Finds out what counts somewhere.

    Attributes:
        default_limit_bytes: What Discord takes everywhere.
        cap_bytes: The bot's own limit for a file.
        learned_limit: Asked for the server's.
    """

    default_limit_bytes: int
    cap_bytes: int
    learned_limit: LearnedLimitReader

    # Any: discord.py has a class for each kind of channel, and no common one for those that take messages.
    async def inspect(self, channel: Any, permissions: discord.Permissions) -> ChannelInfo:  # noqa: ANN401 - see above
        """Return the facts.

        Args:
            channel: Where somebody asks.
            permissions: The bot's own there.
        """
        guild: discord.Guild | None = getattr(channel, "guild", None)
        in_thread = isinstance(channel, discord.Thread)
        return ChannelInfo(
            guild_id=LOCAL_ID if guild is None else guild.id,
            channel_id=channel.id,
            parent_ids=parent_ids(channel),
            upload_limit_bytes=await self.guild_upload_limit(guild),
            is_age_restricted=channel.is_nsfw() if guild is not None and hasattr(channel, "is_nsfw") else False,
            can_embed=guild is None or permissions.embed_links,
            missing_permissions=() if guild is None else missing_permissions(permissions, in_thread=in_thread),
        )

    async def guild_upload_limit(self, guild: discord.Guild | None) -> int:
        """Return the largest file to send there, in bytes."""
        return compute_upload_limit(
            default=self.default_limit_bytes,
            cap=self.cap_bytes,
            of_guild=None if guild is None else guild.filesize_limit,
            learnt=None if guild is None else await self.learned_limit(guild.id),
        )


def parent_ids(channel: Any) -> tuple[int, ...]:  # noqa: ANN401 - see above
    """Return the ids of what a channel lies in: a thread's channel, a channel's category."""
    if isinstance(channel, discord.Thread):
        parent = channel.parent
        return (channel.parent_id,) if parent is None else (parent.id, *parent_ids(parent))
    category: int | None = getattr(channel, "category_id", None)
    return () if category is None else (category,)
