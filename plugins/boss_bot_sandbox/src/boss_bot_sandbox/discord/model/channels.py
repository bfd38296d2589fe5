"""Guilds and channels: where messages live.

Threads and direct messages are channels too, as in Discord, so that messages need one kind of address only.
"""

from __future__ import annotations

from datetime import datetime
from enum import IntEnum

import attrs

from boss_bot_sandbox.discord.model.permissions import Permission
from boss_bot_sandbox.discord.model.snowflake import Snowflake


@attrs.frozen(kw_only=True)
class Guild:
    """A server.

    Attributes:
        boost_tier: 0 to 3; decides how large a file may be.
    """

    id: Snowflake
    name: str
    owner_id: Snowflake
    boost_tier: int = attrs.field(default=0, validator=attrs.validators.in_((0, 1, 2, 3)))


class ChannelKind(IntEnum):
    """Discord's numbers for the kinds of channel that exist here."""

    TEXT = 0
    DM = 1
    ANNOUNCEMENT = 5
    PUBLIC_THREAD = 11
    PRIVATE_THREAD = 12


@attrs.frozen(kw_only=True)
class Overwrite:
    """What one role or one member is granted or refused in one channel."""

    target_id: Snowflake
    for_member: bool
    allow: Permission = Permission.NONE
    deny: Permission = Permission.NONE


@attrs.frozen(kw_only=True)
class ThreadState:
    """What only threads have."""

    owner_id: Snowflake
    created_at: datetime
    archived: bool = False
    auto_archive_min: int = 1440


@attrs.frozen(kw_only=True)
class Channel:
    """A text channel, thread or direct message.

    Attributes:
        guild_id: The guild it belongs to; None in direct messages.
        age_restricted: Discord's ``nsfw`` flag.
        parent_id: The channel a thread hangs off; None otherwise.
        recipient_ids: Who takes part in a direct message, the bot included; empty in guilds.
        thread: Set for threads only.
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
        """Whether it hangs off another channel."""
        return self.thread is not None
