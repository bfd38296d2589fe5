"""Starts threads, and applies Discord's rules for archived and locked ones.

A new message reopens an archived thread. In a locked thread, only members with Manage Threads may send and edit.
"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import Enum
from typing import TYPE_CHECKING

import attrs

from boss_bot_sandbox.discord.errors import ApiError, ApiErrorKind
from boss_bot_sandbox.discord.model.channels import Channel, ChannelKind, ThreadState
from boss_bot_sandbox.discord.model.permissions import Permission
from boss_bot_sandbox.discord.state.channels import add_channel, change_channel
from boss_bot_sandbox.discord.state.permissions import channel_permissions

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.model.snowflake import Snowflake
    from boss_bot_sandbox.discord.state.server_state import ServerState


class ThreadAction(Enum):
    """What a user does in a thread."""

    SEND = "send"
    EDIT = "edit"
    DELETE = "delete"
    REACT = "react"
    ANSWER = "answer"
    JOIN = "join"


def start_thread(
    state: ServerState,
    parent: Channel,
    name: str,
    owner_id: Snowflake,
    *,
    kind: ChannelKind = ChannelKind.PUBLIC_THREAD,
    thread_id: Snowflake | None = None,
    announced: bool = True,
) -> Channel:
    """Add a thread to a channel; ``thread_id`` is the id of the message that it starts from, if any."""
    thread = Channel(
        id=thread_id or state.ids.generate(),
        kind=kind,
        name=name,
        guild_id=parent.guild_id,
        parent_id=parent.id,
        thread=ThreadState(owner_id=owner_id, created_at=datetime.now(UTC), announced=announced),
    )
    return add_channel(state, thread)


def change_thread(
    state: ServerState,
    channel: Channel,
    *,
    archived: bool | None = None,
    locked: bool | None = None,
    announced: bool | None = None,
) -> Channel:
    """Change the flags of a thread; None leaves a flag unchanged.

    Raises:
        ApiError: The channel is not a thread.
    """
    thread = channel.thread
    if thread is None:
        raise ApiError(ApiErrorKind.BAD_REQUEST)
    thread = attrs.evolve(
        thread,
        archived=thread.archived if archived is None else archived,
        locked=thread.locked if locked is None else locked,
        announced=thread.announced if announced is None else announced,
    )
    changed = attrs.evolve(channel, thread=thread)
    change_channel(state, changed)
    return changed


def require_thread_permits(state: ServerState, channel: Channel, user_id: Snowflake, action: ThreadAction) -> None:
    """Raise an error if the channel is a thread whose state forbids an action.

    Raises:
        ApiError: "Thread is archived", which Discord says of locked threads too.
    """
    thread = channel.thread
    if thread is None:
        return
    locked = thread.locked and not channel_permissions(state, channel, user_id) & Permission.MANAGE_THREADS
    refused = {
        ThreadAction.SEND: locked,
        ThreadAction.EDIT: locked or thread.archived,
        ThreadAction.DELETE: locked and thread.archived,
        ThreadAction.REACT: thread.archived,
        ThreadAction.ANSWER: locked and thread.archived,
        ThreadAction.JOIN: thread.archived,
    }
    if refused[action]:
        raise ApiError(ApiErrorKind.THREAD_ARCHIVED)


def reopen_thread(state: ServerState, channel: Channel) -> Channel:
    """Return the channel of a new message; an archived thread is reopened."""
    archived = channel.thread is not None and channel.thread.archived
    return change_thread(state, channel, archived=False) if archived else channel
