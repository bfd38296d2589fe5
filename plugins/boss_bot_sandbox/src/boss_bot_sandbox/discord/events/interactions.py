"""Events of interactions: commands, components and forms.

A message with which the bot answers is a message event of its own.
"""

from __future__ import annotations

import attrs

from boss_bot_sandbox.discord.events.base import Event
from boss_bot_sandbox.discord.model.command import Command
from boss_bot_sandbox.discord.model.interaction import Interaction
from boss_bot_sandbox.discord.model.snowflake import Snowflake


@attrs.frozen
class CommandsRegistered(Event):
    """The bot registered, changed or deleted application commands.

    Attributes:
        guild_id: The guild of the scope; None for global commands.
        commands: All commands of the scope after the change.
    """

    guild_id: Snowflake | None
    commands: tuple[Command, ...]


@attrs.frozen
class InteractionCreated(Event):
    """A user ran a command, pressed a button, chose from a menu or submitted a form."""

    interaction: Interaction


@attrs.frozen
class InteractionAnswered(Event):
    """The bot sent its first answer: a message, a deferral, choices or a form."""

    interaction: Interaction


@attrs.frozen
class InteractionFailed(Event):
    """The bot did not answer before the deadline; the user reads "This interaction failed"."""

    interaction: Interaction
