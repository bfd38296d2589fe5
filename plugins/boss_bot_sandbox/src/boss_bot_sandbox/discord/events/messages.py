"""Events in channels: messages, reactions, typing.

They carry whole values, so that a listener needs no second look at a world that has moved on.
"""

from __future__ import annotations

import attrs

from boss_bot_sandbox.discord.events.base import Event
from boss_bot_sandbox.discord.model.message import Message
from boss_bot_sandbox.discord.model.snowflake import Snowflake


@attrs.frozen
class MessageCreated(Event):
    """A message was sent."""

    message: Message


@attrs.frozen
class MessageEdited(Event):
    """A message was changed, by its author or because a deferred answer arrived."""

    before: Message
    message: Message


@attrs.frozen
class MessageDeleted(Event):
    """A message is gone; the value is what it was."""

    message: Message


@attrs.frozen
class ReactionAdded(Event):
    """Somebody reacted."""

    message: Message
    emoji: str
    user_id: Snowflake


@attrs.frozen
class ReactionRemoved(Event):
    """A reaction was taken back or removed by a moderator."""

    message: Message
    emoji: str
    user_id: Snowflake


@attrs.frozen
class ReactionsCleared(Event):
    """All reactions of a message were removed at once.

    Attributes:
        emoji: The only emoji that was cleared; None for all.
    """

    message: Message
    emoji: str | None


@attrs.frozen
class TypingStarted(Event):
    """Somebody is typing."""

    channel_id: Snowflake
    guild_id: Snowflake | None
    user_id: Snowflake
