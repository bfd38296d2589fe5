"""Messages and their reactions.

Embeds and components stay JSON: they were validated on the way in and are shown back as they came.
"""

from __future__ import annotations

from datetime import datetime
from enum import IntEnum, IntFlag

import attrs

from boss_bot_sandbox.discord.jsontypes import JsonObject
from boss_bot_sandbox.discord.model.attachment import Attachment
from boss_bot_sandbox.discord.model.snowflake import Snowflake, created_at


class MessageKind(IntEnum):
    """Discord's numbers for the kinds of message that exist here."""

    DEFAULT = 0
    REPLY = 19
    SLASH_COMMAND = 20
    MENU_COMMAND = 23


class MessageFlag(IntFlag):
    """The message flags the server acts on or sets."""

    NONE = 0
    SUPPRESS_EMBEDS = 1 << 2
    EPHEMERAL = 1 << 6
    LOADING = 1 << 7
    SUPPRESS_NOTIFICATIONS = 1 << 12
    COMPONENTS_V2 = 1 << 15


@attrs.frozen
class Reaction:
    """One emoji under a message and who reacted with it, in order."""

    emoji: str
    user_ids: tuple[Snowflake, ...]


@attrs.frozen(kw_only=True)
class Origin:
    """The interaction a message answers."""

    interaction_id: Snowflake
    interaction_type: int
    user_id: Snowflake
    command_name: str | None
    owners: JsonObject


@attrs.frozen(kw_only=True)
class Message:
    """A message as it is now; every change makes a new value.

    Attributes:
        visible_to: The one person an ephemeral message is shown to; None for everybody.
        mention_ids: The people it notifies, which allowed mentions may make fewer than it names.
        reply_to_id: The message it answers, which may have been deleted since.
        origin: Set when it answers an interaction.
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
    origin: Origin | None = None
    visible_to: Snowflake | None = None

    @property
    def created_at(self) -> datetime:
        """When it was sent, in UTC."""
        return created_at(self.id)
