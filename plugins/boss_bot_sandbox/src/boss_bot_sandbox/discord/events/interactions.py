"""Events of commands, buttons and forms.

What the bot says in answer is a message event of its own; these tell how the exchange went.
"""

from __future__ import annotations

import attrs

from boss_bot_sandbox.discord.events.base import Event
from boss_bot_sandbox.discord.model.command import Command
from boss_bot_sandbox.discord.model.interaction import Interaction
from boss_bot_sandbox.discord.model.snowflake import Snowflake


@attrs.frozen
class CommandsRegistered(Event):
    """The bot replaced or changed its commands.

    Attributes:
        guild_id: The guild they are for; None for the global ones.
        commands: All commands of that scope after the change.
    """

    guild_id: Snowflake | None
    commands: tuple[Command, ...]


@attrs.frozen
class InteractionCreated(Event):
    """A person used a command, pressed a button, chose or submitted something."""

    interaction: Interaction


@attrs.frozen
class InteractionAnswered(Event):
    """The bot's first answer arrived: a message, a deferral, choices or a form."""

    interaction: Interaction


@attrs.frozen
class InteractionFailed(Event):
    """The bot let the deadline pass; the person reads "This interaction failed"."""

    interaction: Interaction
