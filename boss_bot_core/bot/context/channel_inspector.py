"""Reads a place's facts off discord.py's objects."""

from collections.abc import Awaitable, Callable
from typing import Any

import attrs
import discord

from boss_bot_core.bot.context.channel import Place, missing_permissions, upload_limit
from boss_bot_core.domain.items import LOCAL_ID

LearntLimit = Callable[[int], Awaitable[int | None]]
"""Tells what a server's refusals taught of its limit, in bytes."""


@attrs.frozen(kw_only=True)
class Surveyor:
    """Finds out what counts somewhere.

    Attributes:
        default_limit_bytes: What Discord takes everywhere.
        cap_bytes: The bot's own limit for a file.
        learnt_limit: Asked for the server's.
    """

    default_limit_bytes: int
    cap_bytes: int
    learnt_limit: LearntLimit

    # Any: discord.py has a class for each kind of channel, and no common one for those that take messages.
    async def place_of(self, channel: Any, permissions: discord.Permissions) -> Place:  # noqa: ANN401 - see above
        """Return the facts.

        Args:
            channel: Where somebody asks.
            permissions: The bot's own there.
        """
        guild: discord.Guild | None = getattr(channel, "guild", None)
        in_thread = isinstance(channel, discord.Thread)
        return Place(
            guild_id=LOCAL_ID if guild is None else guild.id,
            channel_id=channel.id,
            above_ids=above(channel),
            upload_limit_bytes=await self.limit_in(guild),
            is_age_restricted=channel.is_nsfw() if guild is not None and hasattr(channel, "is_nsfw") else False,
            embeds=guild is None or permissions.embed_links,
            missing=() if guild is None else missing_permissions(permissions, in_thread=in_thread),
        )

    async def limit_in(self, guild: discord.Guild | None) -> int:
        """Return the largest file to send there, in bytes."""
        return upload_limit(
            default=self.default_limit_bytes,
            cap=self.cap_bytes,
            of_guild=None if guild is None else guild.filesize_limit,
            learnt=None if guild is None else await self.learnt_limit(guild.id),
        )


def above(channel: Any) -> tuple[int, ...]:  # noqa: ANN401 - see above
    """Return the ids of what a channel lies in: a thread's channel, a channel's category."""
    if isinstance(channel, discord.Thread):
        parent = channel.parent
        return (channel.parent_id,) if parent is None else (parent.id, *above(parent))
    category: int | None = getattr(channel, "category_id", None)
    return () if category is None else (category,)
