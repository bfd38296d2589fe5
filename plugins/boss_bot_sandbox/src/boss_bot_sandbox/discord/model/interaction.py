"""Interactions: a person's command, button, choice or form, and what became of it.

The token is the only right an answer needs, so the server keeps an interaction for as long as its token lives.
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
    """How far the answer is.

    Attributes:
        WAITING: Nothing came yet.
        ANSWERED: The bot answered or deferred in time.
        FAILED: The deadline passed; the person reads "This interaction failed".
    """

    WAITING = "waiting"
    ANSWERED = "answered"
    FAILED = "failed"


@attrs.frozen(kw_only=True)
class Interaction:
    """One interaction as it is now; every change makes a new value.

    Attributes:
        data: The ``data`` object sent to the bot.
        message_id: The message a pressed component or a modal's button belongs to.
        started_s: Monotonic seconds at creation.
        owners: ``authorizing_integration_owners``: which installation permits it.
        answer: The kind of the first answer; None while waiting.
        answer_message_id: What ``@original`` means; None when nothing is shown.
        choices: What autocomplete offered.
        modal: The form the bot opened.
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
        """The command's name, without subcommands; None for components and modals."""
        name = self.data.get("name")
        return str(name) if name is not None else None
