"""Application commands that the bot registered.

Their options stay JSON, because the server reads them only when a user runs the command.
"""

from __future__ import annotations

from enum import IntEnum

import attrs

from boss_bot_sandbox.discord.jsontypes import JsonObject
from boss_bot_sandbox.discord.model.permissions import Permission
from boss_bot_sandbox.discord.model.snowflake import Snowflake


class CommandKind(IntEnum):
    """Where a client offers a command: under "/" or in a context menu."""

    SLASH = 1
    USER_MENU = 2
    MESSAGE_MENU = 3


class InteractionContext(IntEnum):
    """The kind of channel of an interaction."""

    GUILD = 0
    BOT_DM = 1
    PRIVATE_CHANNEL = 2


class InstallKind(IntEnum):
    """Whether the application is installed for a guild or for a user."""

    GUILD = 0
    USER = 1


@attrs.frozen(kw_only=True)
class Command:
    """A registered command.

    Attributes:
        guild_id: The guild of the command; None for a global command.
        required_permissions: The permissions that a member needs by default; None for no restriction.
        contexts: The kinds of channel in which it can be used.
        install_kinds: The kinds of installation for which it exists.
    """

    id: Snowflake
    version: Snowflake
    name: str
    kind: CommandKind = CommandKind.SLASH
    description: str = ""
    guild_id: Snowflake | None = None
    options: tuple[JsonObject, ...] = ()
    required_permissions: Permission | None = None
    contexts: tuple[InteractionContext, ...] = (InteractionContext.GUILD, InteractionContext.BOT_DM)
    install_kinds: tuple[InstallKind, ...] = (InstallKind.GUILD,)
    age_restricted: bool = False
