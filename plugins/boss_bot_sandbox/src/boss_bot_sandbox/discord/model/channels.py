"""Guilds and channels.

As in Discord, threads and direct messages are channels too, so that every message belongs to a channel.
"""

from __future__ import annotations

from datetime import datetime
from enum import IntEnum

import attrs

from boss_bot_sandbox.discord.model.permissions import Permission
from boss_bot_sandbox.discord.model.snowflake import Snowflake


@attrs.frozen(kw_only=True)
class Guild:
    """A guild, which users call a server.

    Attributes:
        boost_tier: The boost tier, 0 to 3, which decides the upload limit.
    """

    id: Snowflake
    name: str
    owner_id: Snowflake
    boost_tier: int = attrs.field(default=0, validator=attrs.validators.in_((0, 1, 2, 3)))


class ChannelKind(IntEnum):
    """Discord's channel types that the server uses."""

    TEXT = 0
    DM = 1
    VOICE = 2
    ANNOUNCEMENT = 5
    PUBLIC_THREAD = 11
    PRIVATE_THREAD = 12
    STAGE = 13
    FORUM = 15

    @property
    def is_voice(self) -> bool:
        """Whether users talk in such a channel, which has a text channel inside."""
        return self in {ChannelKind.VOICE, ChannelKind.STAGE}


@attrs.frozen(kw_only=True)
class Overwrite:
    """The permissions that a channel allows or denies to one role or one member."""

    target_id: Snowflake
    for_member: bool
    allow: Permission = Permission.NONE
    deny: Permission = Permission.NONE


@attrs.frozen(kw_only=True)
class ThreadState:
    """The additional fields of a thread.

    Attributes:
        locked: Whether only members with Manage Threads may send and edit messages.
        announced: Whether the gateway dispatches its creation and its changes. Without it, clients know the thread
            only by the messages in it.
    """

    owner_id: Snowflake
    created_at: datetime
    archived: bool = False
    locked: bool = False
    announced: bool = True
    auto_archive_min: int = 1440


@attrs.frozen(kw_only=True)
class Channel:
    """A text channel, thread or direct message.

    Attributes:
        guild_id: The guild of the channel; None for direct messages.
        age_restricted: Discord's ``nsfw`` flag.
        parent_id: The channel of a thread; None for other channels.
        recipient_ids: The users of a direct message channel, including the bot; empty in guilds.
        thread: The additional fields of a thread; None for other channels.
    """

    id: Snowflake
    kind: ChannelKind
    name: str
    guild_id: Snowflake | None = None
    topic: str | None = None
    position: int = 0
    age_restricted: bool = False
    parent_id: Snowflake | None = None
    overwrites: tuple[Overwrite, ...] = ()
    recipient_ids: tuple[Snowflake, ...] = ()
    thread: ThreadState | None = None
    last_message_id: Snowflake | None = None

    @property
    def is_thread(self) -> bool:
        """Whether it is a thread of another channel."""
        return self.thread is not None
