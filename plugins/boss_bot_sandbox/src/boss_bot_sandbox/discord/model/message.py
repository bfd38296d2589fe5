"""Messages and their reactions.

Embeds and components stay JSON: they are validated when they arrive and returned unchanged.
"""

from __future__ import annotations

from datetime import datetime
from enum import IntEnum, IntFlag

import attrs

from boss_bot_sandbox.discord.jsontypes import JsonObject
from boss_bot_sandbox.discord.model.attachment import Attachment
from boss_bot_sandbox.discord.model.snowflake import Snowflake, created_at


class MessageKind(IntEnum):
    """Discord's message types that the server uses."""

    DEFAULT = 0
    REPLY = 19
    SLASH_COMMAND = 20
    MENU_COMMAND = 23


class MessageFlag(IntFlag):
    """The message flags that the server reads or sets."""

    NONE = 0
    SUPPRESS_EMBEDS = 1 << 2
    EPHEMERAL = 1 << 6
    LOADING = 1 << 7
    SUPPRESS_NOTIFICATIONS = 1 << 12
    HAS_SNAPSHOT = 1 << 14
    COMPONENTS_V2 = 1 << 15


@attrs.frozen
class Reaction:
    """One emoji below a message and the users who reacted with it, in order."""

    emoji: str
    user_ids: tuple[Snowflake, ...]


@attrs.frozen(kw_only=True)
class Origin:
    """The interaction that a message answers."""

    interaction_id: Snowflake
    interaction_type: int
    user_id: Snowflake
    command_name: str | None
    owners: JsonObject


@attrs.frozen(kw_only=True)
class Message:
    """The current state of a message; every change creates a new value.

    Attributes:
        visible_to: The user who sees an ephemeral message; None when everybody sees the message.
        mention_ids: The users that it notifies; allowed mentions can exclude users that its content names.
        reply_to_id: The message that it replies to, which may be deleted.
        forwarded: The forwarded message as it was at that time; None for other messages.
        origin: The interaction that it answers; None for other messages.
    """

    id: Snowflake
    channel_id: Snowflake
    guild_id: Snowflake | None
    author_id: Snowflake
    kind: MessageKind = MessageKind.DEFAULT
    content: str = ""
    edited_at: datetime | None = None
    flags: MessageFlag = MessageFlag.NONE
    tts: bool = False
    nonce: str | None = None
    mention_ids: tuple[Snowflake, ...] = ()
    mention_role_ids: tuple[Snowflake, ...] = ()
    mention_everyone: bool = False
    embeds: tuple[JsonObject, ...] = ()
    components: tuple[JsonObject, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    reply_to_id: Snowflake | None = None
    forwarded: Message | None = None
    origin: Origin | None = None
    visible_to: Snowflake | None = None

    @property
    def created_at(self) -> datetime:
        """The time at which it was sent, in UTC."""
        return created_at(self.id)
