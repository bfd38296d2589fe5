"""Reads what a download needs to know about a channel from discord.py's objects."""

from collections.abc import Awaitable, Callable
from typing import Any

import attrs
import discord

from boss_bot_core.access import AccessService
from boss_bot_core.bot.context.channel import ChannelInfo, compute_upload_limit, missing_permissions
from boss_bot_core.bot.context.place import is_age_restricted
from boss_bot_core.domain.items import LOCAL_ID
from boss_bot_core.settings import Settings

LearnedLimitReader = Callable[[int], Awaitable[int | None]]
"""Returns the upload limit of the guild with this id that a refused upload revealed, in bytes, or None."""


@attrs.frozen(kw_only=True)
class ChannelInspector:
    """Determines a channel's upload limit, age restriction and the bot's permissions.

    Attributes:
        default_limit_bytes: The largest file that Discord accepts everywhere.
        cap_bytes: The largest file that the operator allows.
        learned_limit: Reads the limit that a guild has revealed.
    """

    default_limit_bytes: int
    cap_bytes: int
    learned_limit: LearnedLimitReader

    # Any: discord.py has a class for each kind of channel, and no common one for those that take messages.
    async def inspect(self, channel: Any, permissions: discord.Permissions | None) -> ChannelInfo:  # noqa: ANN401 - see above
        """Return the facts about a channel.

        Args:
            channel: The channel or thread.
            permissions: The bot's permissions there; None when they are not known: then everything is tried.
        """
        guild: discord.Guild | None = getattr(channel, "guild", None)
        in_thread = isinstance(channel, discord.Thread)
        return ChannelInfo(
            guild_id=LOCAL_ID if guild is None else guild.id,
            channel_id=channel.id,
            upload_limit_bytes=await self.guild_upload_limit(guild),
            is_age_restricted=guild is not None and await is_age_restricted(channel),
            can_embed=guild is None or permissions is None or permissions.embed_links,
            missing_permissions=()
            if guild is None or permissions is None
            else missing_permissions(permissions, in_thread=in_thread),
        )

    async def guild_upload_limit(self, guild: discord.Guild | None) -> int:
        """Return the largest file that the bot sends in a guild, or outside of guilds for None, in bytes."""
        return compute_upload_limit(
            default_limit=self.default_limit_bytes,
            cap=self.cap_bytes,
            guild_limit=None if guild is None else guild.filesize_limit,
            learned_limit=None if guild is None else await self.learned_limit(guild.id),
        )


def build_inspector(settings: Settings, access: AccessService) -> ChannelInspector:
    """Return the inspector of channels, which knows their upload limits."""
    return ChannelInspector(
        default_limit_bytes=settings.discord.upload_limit_bytes,
        cap_bytes=settings.download.max_file_size_bytes,
        learned_limit=access.learned_upload_limit,
    )
