"""Invoker: who uses a command or a control, where, and with which roles and permissions.

Every command, button and reaction reads these facts from discord.py's objects in one place, so that a rule about users
applies in the same way to a new download and to a retry.
"""

from collections.abc import Awaitable, Callable
from typing import Any

import attrs
import discord
from discord.ext import commands

from boss_bot_core.access import AccessRequest
from boss_bot_core.bot.context.channel import missing_post_permissions
from boss_bot_core.domain.items import LOCAL_ID
from boss_bot_core.domain.status import DownloadPriority

IsOwner = Callable[[int], Awaitable[bool]]
"""Returns whether the user with this id owns the bot."""


@attrs.frozen(kw_only=True)
class Invoker:
    """A user who invokes a command or a control.

    Attributes:
        user_id: Discord's id of the user.
        guild_id: The guild of the invocation, or `LOCAL_ID` outside of guilds.
        channel_id: The channel or thread, or `LOCAL_ID` when the client does not know it.
        parent_ids: The channel of a thread and the category of a channel.
        role_ids: The user's roles in the guild; none outside of guilds.
        missing_permissions: Names of the permissions that the user lacks to post media in the channel.
        can_manage_guild: Whether the user may change the guild's settings.
        can_manage_messages: Whether the user moderates the channel.
    """

    user_id: int
    guild_id: int = LOCAL_ID
    channel_id: int = LOCAL_ID
    parent_ids: frozenset[int] = frozenset()
    role_ids: frozenset[int] = frozenset()
    missing_permissions: tuple[str, ...] = ()
    can_manage_guild: bool = False
    can_manage_messages: bool = False

    def to_access_request(self, *, is_owner: bool, priority: DownloadPriority | None = None) -> AccessRequest:
        """Return the question to the access policy whether this user may download here.

        Args:
            is_owner: Whether the user owns the bot.
            priority: The priority that the user asks for, or None for the user's default.
        """
        return AccessRequest(
            user_id=self.user_id,
            guild_id=self.guild_id,
            channel_id=self.channel_id,
            parent_ids=self.parent_ids,
            role_ids=self.role_ids,
            missing_permissions=self.missing_permissions,
            is_admin=self.can_manage_guild,
            is_owner=is_owner,
            priority=priority,
        )

    def require_manage_guild(self) -> None:
        """Return if the user may change the settings of the guild.

        Raises:
            commands.NoPrivateMessage: The invocation is outside of guilds.
            commands.MissingPermissions: The user does not have the permission Manage Server.
        """
        if self.guild_id == LOCAL_ID:
            raise commands.NoPrivateMessage
        if not self.can_manage_guild:
            raise commands.MissingPermissions(["manage_guild"])


def read_invoker(
    user: discord.User | discord.Member | discord.Object,
    permissions: discord.Permissions | None = None,
    *,
    channel: Any,  # noqa: ANN401 - discord.py has no common class for channels that take messages
    guild_id: int | None,
) -> Invoker:
    """Return the facts about a user in a channel. Roles and permissions count for members of a guild only.

    Args:
        user: The user; `discord.Object` when the client knows only the id.
        permissions: The user's permissions in the channel; None when they are not known, which denies the user nothing.
        channel: The channel or thread, or None when the client does not know it.
        guild_id: The guild, or None outside of guilds.
    """
    member = user if guild_id is not None and isinstance(user, discord.Member) else None
    rights = None if member is None else permissions
    return Invoker(
        user_id=user.id,
        guild_id=LOCAL_ID if guild_id is None else guild_id,
        channel_id=LOCAL_ID if channel is None else channel.id,
        parent_ids=frozenset(_parent_ids(channel)),
        role_ids=frozenset() if member is None else frozenset(role.id for role in member.roles),
        missing_permissions=() if rights is None else missing_post_permissions(rights),
        can_manage_guild=rights is not None and rights.manage_guild,
        can_manage_messages=rights is not None and rights.manage_messages,
    )


def _parent_ids(channel: Any) -> tuple[int, ...]:  # noqa: ANN401 - see above
    if isinstance(channel, discord.Thread):
        parent = channel.parent
        return (channel.parent_id,) if parent is None else (parent.id, *_parent_ids(parent))
    category: int | None = getattr(channel, "category_id", None)
    return () if category is None else (category,)
