"""Interactions: a user's command, button, menu choice or form, and the bot's first answer.

An answer needs only the token of the interaction, so the server keeps an interaction while its token is valid.
"""

from __future__ import annotations

from enum import Enum, IntEnum

import attrs

from boss_bot_sandbox.discord.jsontypes import JsonObject
from boss_bot_sandbox.discord.model.command import InteractionContext
from boss_bot_sandbox.discord.model.snowflake import Snowflake


class InteractionKind(IntEnum):
    """Discord's interaction types."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


class AnswerKind(IntEnum):
    """Discord's interaction callback types."""

    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


class InteractionStatus(Enum):
    """The status of the first answer.

    Attributes:
        WAITING: There is no answer yet.
        ANSWERED: The bot answered or deferred in time.
        FAILED: The deadline passed; the user reads "This interaction failed".
    """

    WAITING = "waiting"
    ANSWERED = "answered"
    FAILED = "failed"


@attrs.frozen(kw_only=True)
class Interaction:
    """The current state of an interaction; every change creates a new value.

    Attributes:
        data: The ``data`` object that the bot gets.
        message_id: The message of the pressed component, or of the component that opened the form.
        started_s: Monotonic seconds at creation.
        owners: ``authorizing_integration_owners``: the installations that permit the interaction.
        answer: The kind of the first answer; None while waiting.
        answer_message_id: The message that ``@original`` refers to; None when there is none.
        choices: The autocomplete choices.
        modal: The form that the bot opened.
    """

    id: Snowflake
    token: str
    kind: InteractionKind
    user_id: Snowflake
    channel_id: Snowflake
    guild_id: Snowflake | None
    context: InteractionContext
    data: JsonObject
    started_s: float
    owners: JsonObject
    message_id: Snowflake | None = None
    status: InteractionStatus = InteractionStatus.WAITING
    answer: AnswerKind | None = None
    answer_message_id: Snowflake | None = None
    ephemeral: bool = False
    choices: tuple[JsonObject, ...] = ()
    modal: JsonObject | None = None

    @property
    def command_name(self) -> str | None:
        """The name of the command without subcommands; None for components and forms."""
        name = self.data.get("name")
        return str(name) if name is not None else None
