"""Observes an interaction as its user sees it: waits for the answer, the messages, the form or the failure.

A user can have several open interactions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from boss_bot_sandbox.discord.events import Event, InteractionAnswered, InteractionFailed
from boss_bot_sandbox.discord.model.interaction import Interaction, InteractionStatus
from boss_bot_sandbox.discord.model.message import Message, MessageFlag
from boss_bot_sandbox.discord.state.event_log import WAIT_TIMEOUT_S
from boss_bot_sandbox.discord.state.interaction_messages import find_original_message
from boss_bot_sandbox.discord.user_client.errors import UnansweredError
from boss_bot_sandbox.discord.user_client.message_wait import wait_for_message

if TYPE_CHECKING:
    from collections.abc import Callable

    from boss_bot_sandbox.discord.state.server_state import ServerState


class InteractionObserver:
    """Observes one interaction."""

    def __init__(self, state: ServerState, interaction: Interaction) -> None:
        self._state = state
        self._token = interaction.token
        # An answer may arrive before a test waits for it.
        self._start = len(state.log.entries)

    @property
    def interaction(self) -> Interaction:
        """The current state of the interaction."""
        return self._state.interactions[self._token]

    @property
    def messages(self) -> list[Message]:
        """All messages that answer the interaction, oldest first."""
        channel = self._state.messages.get(self.interaction.channel_id, {})
        return [one for one in channel.values() if self._is_answer(one)]

    async def wait_for_answer(self, timeout_s: float = WAIT_TIMEOUT_S) -> Interaction:
        """Wait for the first answer of any kind and return the interaction.

        Raises:
            UnansweredError: The bot did not answer before the deadline.
            TimeoutError: There was neither an answer nor a failure in time.
        """
        if self.interaction.status is InteractionStatus.WAITING:
            await self._state.log.find_first(self._find_end, timeout_s=timeout_s, start=self._start)
        if self.interaction.status is InteractionStatus.FAILED:
            raise UnansweredError("This interaction failed")
        return self.interaction

    async def reply(self, timeout_s: float = WAIT_TIMEOUT_S) -> Message:
        """Return the message of the first answer; after a deferral, wait until the deferred answer is complete.

        Raises:
            UnansweredError: The bot did not answer before the deadline, or its answer is not a message.
            TimeoutError: The message was not complete in time.
        """
        await self.wait_for_answer(timeout_s)
        message = find_original_message(self._state, self.interaction)
        if message is None:
            raise UnansweredError(f"answered without a message: {self.interaction.answer}")
        return await self.wait_for(lambda one: one.id == message.id and not one.flags & MessageFlag.LOADING, timeout_s)

    async def wait_for(self, wanted: Callable[[Message], bool], timeout_s: float = WAIT_TIMEOUT_S) -> Message:
        """Return the first answer message, existing or future, with a state that ``wanted`` accepts.

        Raises:
            TimeoutError: There was no such message in time.
        """
        return await wait_for_message(self._state, self.messages, self._is_answer, wanted, timeout_s)

    def _is_answer(self, message: Message) -> bool:
        interaction = self.interaction
        if message.origin is not None and message.origin.interaction_id == interaction.id:
            return True
        # An answer to a component may be the message of the component itself.
        return message.id == interaction.answer_message_id

    def _find_end(self, event: Event) -> Event | None:
        if not isinstance(event, InteractionAnswered | InteractionFailed):
            return None
        return event if event.interaction.token == self._token else None
