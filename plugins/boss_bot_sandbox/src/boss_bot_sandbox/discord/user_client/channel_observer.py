"""Observes a channel as a user sees it: reads its messages and waits for messages.

Waiting considers every state of a message, so a short-lived state is not missed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from boss_bot_sandbox.discord.events import MessageCreated, MessageDeleted, MessageEdited
from boss_bot_sandbox.discord.model.channels import Channel
from boss_bot_sandbox.discord.state.event_log import WAIT_TIMEOUT_S
from boss_bot_sandbox.discord.user_client.message_wait import wait_for_message

if TYPE_CHECKING:
    from collections.abc import Callable

    from boss_bot_sandbox.discord.model.message import Message
    from boss_bot_sandbox.discord.model.snowflake import Snowflake
    from boss_bot_sandbox.discord.state.server_state import ServerState


class ChannelObserver:
    """Observes one channel, for one user or for all.

    Attributes:
        id: The id of the channel.
    """

    def __init__(self, state: ServerState, channel_id: Snowflake, viewer_id: Snowflake | None = None) -> None:
        self._state = state
        self._viewer_id = viewer_id
        self.id = channel_id

    @property
    def value(self) -> Channel:
        """The current state of the channel.

        Raises:
            ApiError: The channel was deleted.
        """
        return self._state.channel(self.id)

    @property
    def messages(self) -> list[Message]:
        """The visible messages, oldest first; without a viewer they include all ephemeral messages."""
        return [one for one in self._state.messages.get(self.id, {}).values() if self._is_visible(one)]

    def message(self, message: Message | Snowflake) -> Message:
        """Return the current state of a message.

        Raises:
            ApiError: The message was deleted.
        """
        return self._state.message(self.id, message if isinstance(message, int) else message.id)

    def states(self, message: Message | Snowflake) -> list[Message]:
        """Return all states of a message, from its creation to its last edit."""
        message_id = message if isinstance(message, int) else message.id
        events = [entry.event for entry in self._state.log.entries]
        return [
            one.message
            for one in events
            if isinstance(one, MessageCreated | MessageEdited) and one.message.id == message_id
        ]

    async def wait_for(self, wanted: Callable[[Message], bool], timeout_s: float = WAIT_TIMEOUT_S) -> Message:
        """Return the first message, existing or future, with a state that ``wanted`` accepts.

        Raises:
            TimeoutError: There was no such message in time.
        """
        return await wait_for_message(self._state, self.messages, self._belongs, wanted, timeout_s)

    async def wait_until_deleted(self, message: Message, timeout_s: float = WAIT_TIMEOUT_S) -> None:
        """Wait until a message is deleted.

        Raises:
            TimeoutError: The message was not deleted in time.
        """
        start = len(self._state.log.entries)
        if message.id in self._state.messages.get(self.id, {}):
            await self._state.log.find_first(
                lambda event: event if isinstance(event, MessageDeleted) and event.message.id == message.id else None,
                timeout_s=timeout_s,
                start=start,
            )

    def _is_visible(self, message: Message) -> bool:
        return message.visible_to is None or self._viewer_id in (None, message.visible_to)

    def _belongs(self, message: Message) -> bool:
        return message.channel_id == self.id and self._is_visible(message)


ChannelLike = Channel | ChannelObserver
