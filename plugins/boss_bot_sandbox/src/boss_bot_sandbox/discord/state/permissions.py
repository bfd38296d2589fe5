"""Computes the permissions of users in guilds and channels.

Discord's rules for roles, overwrites and threads apply to the bot and to users alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from boss_bot_sandbox.discord.errors import ApiError, ApiErrorKind
from boss_bot_sandbox.discord.model.permissions import ALL, DIRECT_MESSAGE, NEEDS_SEND_MESSAGES, Permission

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.model.channels import Channel, Overwrite
    from boss_bot_sandbox.discord.model.snowflake import Snowflake
    from boss_bot_sandbox.discord.state.server_state import ServerState


def guild_permissions(state: ServerState, guild_id: Snowflake, user_id: Snowflake) -> Permission:
    """Return a user's permissions in a guild, without channel overwrites; none for a user who is not a member."""
    member = state.members.get(guild_id, {}).get(user_id)
    if member is None:
        return Permission.NONE
    if state.guild(guild_id).owner_id == user_id:
        return ALL
    granted = state.roles[guild_id].permissions
    for role_id in member.role_ids:
        granted |= state.roles[role_id].permissions
    return ALL if granted & Permission.ADMINISTRATOR else granted


def channel_permissions(state: ServerState, channel: Channel, user_id: Snowflake) -> Permission:
    """Return a user's permissions in a channel; those of a thread follow from its parent channel."""
    if channel.guild_id is None:
        return DIRECT_MESSAGE if user_id in channel.recipient_ids else Permission.NONE
    granted = guild_permissions(state, channel.guild_id, user_id)
    if granted == ALL:
        return ALL
    ruling = state.channels.get(channel.parent_id, channel) if channel.is_thread and channel.parent_id else channel
    granted = _apply_channel_overwrites(state, ruling, user_id, granted)
    if not granted & Permission.VIEW_CHANNEL:
        return Permission.NONE
    if channel.is_thread:
        granted = _thread_permissions(granted)
    return granted if granted & Permission.SEND_MESSAGES else granted & ~NEEDS_SEND_MESSAGES


def _thread_permissions(granted: Permission) -> Permission:
    may_send = bool(granted & Permission.SEND_MESSAGES_IN_THREADS)
    return granted | Permission.SEND_MESSAGES if may_send else granted & ~Permission.SEND_MESSAGES


def _apply_channel_overwrites(
    state: ServerState, channel: Channel, user_id: Snowflake, granted: Permission
) -> Permission:
    # In Discord's order: @everyone, then all roles of the member together, then the member.
    guild_id = channel.guild_id
    member = state.members.get(guild_id, {}).get(user_id) if guild_id is not None else None
    if guild_id is None or member is None:
        return Permission.NONE
    for targets in ({guild_id}, set(member.role_ids), {user_id}):
        chosen = [overwrite for overwrite in channel.overwrites if overwrite.target_id in targets]
        granted = _apply_overwrites(chosen, granted)
    return granted


def _apply_overwrites(overwrites: list[Overwrite], granted: Permission) -> Permission:
    allow = deny = Permission.NONE
    for overwrite in overwrites:
        allow |= overwrite.allow
        deny |= overwrite.deny
    return (granted & ~deny) | allow


def require_permissions(
    state: ServerState, channel: Channel, user_id: Snowflake, needed: Permission = Permission.NONE
) -> None:
    """Raise an error unless a user may view a channel and has the needed permissions.

    Raises:
        ApiError: "Missing Access" or "Missing Permissions"; "Cannot send messages to this user" when the bot sends to
            a user with closed direct messages.
    """
    granted = channel_permissions(state, channel, user_id)
    if not granted & Permission.VIEW_CHANNEL:
        raise ApiError(ApiErrorKind.MISSING_ACCESS)
    sends = user_id == state.bot.id and needed & Permission.SEND_MESSAGES
    if sends and not state.closed_directs.isdisjoint(channel.recipient_ids):
        raise ApiError(ApiErrorKind.CANNOT_MESSAGE_USER)
    if needed & ~granted:
        raise ApiError(ApiErrorKind.MISSING_PERMISSIONS)


def upload_limit_bytes(state: ServerState, guild_id: Snowflake | None) -> int:
    """Return the maximum size of a file in a guild; None means direct messages."""
    return state.options.upload_limit_bytes(state.guild(guild_id).boost_tier if guild_id is not None else 0)
