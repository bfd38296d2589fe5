"""The events of the local Discord, as frozen values named in the past tense.

The gateway, waiting tests, the event log and the web page all read the same stream of events.
"""

from __future__ import annotations

from boss_bot_sandbox.discord.events.base import Event, LogEntry
from boss_bot_sandbox.discord.events.guilds import (
    ChannelCreated,
    ChannelDeleted,
    ChannelUpdated,
    GuildCreated,
    GuildDeleted,
    GuildUpdated,
    MemberJoined,
    MemberLeft,
    MemberUpdated,
    RoleCreated,
)
from boss_bot_sandbox.discord.events.interactions import (
    CommandsRegistered,
    InteractionAnswered,
    InteractionCreated,
    InteractionFailed,
)
from boss_bot_sandbox.discord.events.messages import (
    MessageCreated,
    MessageDeleted,
    MessageEdited,
    ReactionAdded,
    ReactionRemoved,
    ReactionsCleared,
    TypingStarted,
)
from boss_bot_sandbox.discord.events.traffic import (
    FaultHappened,
    GatewayClosed,
    GatewayIdentified,
    GatewayOpened,
    GatewayRefused,
    GatewayResumed,
    PresenceChanged,
    RequestServed,
)

__all__ = [
    "ChannelCreated",
    "ChannelDeleted",
    "ChannelUpdated",
    "CommandsRegistered",
    "Event",
    "FaultHappened",
    "GatewayClosed",
    "GatewayIdentified",
    "GatewayOpened",
    "GatewayRefused",
    "GatewayResumed",
    "GuildCreated",
    "GuildDeleted",
    "GuildUpdated",
    "InteractionAnswered",
    "InteractionCreated",
    "InteractionFailed",
    "LogEntry",
    "MemberJoined",
    "MemberLeft",
    "MemberUpdated",
    "MessageCreated",
    "MessageDeleted",
    "MessageEdited",
    "PresenceChanged",
    "ReactionAdded",
    "ReactionRemoved",
    "ReactionsCleared",
    "RequestServed",
    "RoleCreated",
    "TypingStarted",
]
