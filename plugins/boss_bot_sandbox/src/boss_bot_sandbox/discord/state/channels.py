"""Adds, changes and deletes channels, threads and direct messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boss_bot_sandbox.discord.errors import ApiError, ApiErrorKind
from boss_bot_sandbox.discord.events import ChannelCreated, ChannelDeleted, ChannelUpdated
from boss_bot_sandbox.discord.model.channels import Channel, ChannelKind

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.model.snowflake import Snowflake
    from boss_bot_sandbox.discord.state.server_state import ServerState


def add_channel(state: ServerState, channel: Channel) -> Channel:
    """Add a channel or thread."""
    state.channels[channel.id] = channel
    state.messages.setdefault(channel.id, {})
    # Discord sends no event for a direct message channel before its first message.
    if channel.kind is not ChannelKind.DM:
        state.publish(ChannelCreated(channel))
    return channel


def change_channel(state: ServerState, channel: Channel) -> None:
    """Store the new state of a channel."""
    state.channels[channel.id] = channel
    state.publish(ChannelUpdated(channel))


def delete_channel(state: ServerState, channel_id: Snowflake) -> None:
    """Delete a channel with its threads and messages."""
    for thread_id in [one.id for one in state.channels.values() if one.is_thread and one.parent_id == channel_id]:
        delete_channel(state, thread_id)
    channel = state.channel(channel_id)
    del state.channels[channel_id]
    state.messages.pop(channel_id, None)
    state.publish(ChannelDeleted(channel))


def find_direct_channel(state: ServerState, one_id: Snowflake, other_id: Snowflake) -> Channel:
    """Return the direct message channel of two users; it is created when there is none.

    Raises:
        ApiError: A user is unknown, or both users are the same.
    """
    if one_id == other_id:
        raise ApiError(ApiErrorKind.CANNOT_MESSAGE_USER)
    pair = {state.user(one_id).id, state.user(other_id).id}
    for channel in state.channels.values():
        if channel.kind is ChannelKind.DM and set(channel.recipient_ids) == pair:
            return channel
    return add_channel(
        state, Channel(id=state.ids.generate(), kind=ChannelKind.DM, name="", recipient_ids=(one_id, other_id))
    )
