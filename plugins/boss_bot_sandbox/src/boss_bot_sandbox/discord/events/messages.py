"""Events in channels: messages, reactions, typing.

They contain the complete values, because the state may have changed before a listener handles the event.
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
    """A message was changed by its author, or a deferred answer replaced its loading state."""

    before: Message
    message: Message


@attrs.frozen
class MessageDeleted(Event):
    """A message was deleted; the value is its last state."""

    message: Message


@attrs.frozen
class ReactionAdded(Event):
    """A user added a reaction."""

    message: Message
    emoji: str
    user_id: Snowflake


@attrs.frozen
class ReactionRemoved(Event):
    """A reaction was removed by its user or by a moderator."""

    message: Message
    emoji: str
    user_id: Snowflake


@attrs.frozen
class ReactionsCleared(Event):
    """All reactions of a message, or all with one emoji, were removed at once.

    Attributes:
        emoji: The emoji whose reactions were removed; None for all emoji.
    """

    message: Message
    emoji: str | None


@attrs.frozen
class TypingStarted(Event):
    """A user started typing."""

    channel_id: Snowflake
    guild_id: Snowflake | None
    user_id: Snowflake
