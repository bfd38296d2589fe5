"""The numbers of the gateway protocol: opcodes, close codes and intents.

They are listed as in Discord's documentation.
"""

from __future__ import annotations

from enum import IntEnum, IntFlag

from boss_bot_sandbox.discord.options import PrivilegedIntent


class Opcode(IntEnum):
    """The type of a gateway frame."""

    DISPATCH = 0
    HEARTBEAT = 1
    IDENTIFY = 2
    PRESENCE_UPDATE = 3
    VOICE_STATE_UPDATE = 4
    RESUME = 6
    RECONNECT = 7
    REQUEST_GUILD_MEMBERS = 8
    INVALID_SESSION = 9
    HELLO = 10
    HEARTBEAT_ACK = 11


class CloseCode(IntEnum):
    """The reason for which the gateway closes a connection."""

    UNKNOWN_ERROR = 4000
    UNKNOWN_OPCODE = 4001
    DECODE_ERROR = 4002
    NOT_AUTHENTICATED = 4003
    AUTHENTICATION_FAILED = 4004
    ALREADY_AUTHENTICATED = 4005
    INVALID_SEQUENCE = 4007
    SESSION_TIMED_OUT = 4009
    INVALID_INTENTS = 4013
    DISALLOWED_INTENTS = 4014


class Intent(IntFlag):
    """The events that a session subscribes to."""

    NONE = 0
    GUILDS = 1 << 0
    GUILD_MEMBERS = 1 << 1
    GUILD_PRESENCES = 1 << 8
    GUILD_MESSAGES = 1 << 9
    GUILD_MESSAGE_REACTIONS = 1 << 10
    GUILD_MESSAGE_TYPING = 1 << 11
    DIRECT_MESSAGES = 1 << 12
    DIRECT_MESSAGE_REACTIONS = 1 << 13
    DIRECT_MESSAGE_TYPING = 1 << 14
    MESSAGE_CONTENT = 1 << 15


PRIVILEGED = {
    Intent.GUILD_PRESENCES: PrivilegedIntent.PRESENCES,
    Intent.GUILD_MEMBERS: PrivilegedIntent.MEMBERS,
    Intent.MESSAGE_CONTENT: PrivilegedIntent.MESSAGE_CONTENT,
}

HIGHEST_INTENTS = 1 << 26
"""The first number that is not a valid set of intents."""
