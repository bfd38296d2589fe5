"""A channel as somebody sees it.

Tests wait on it; the waiting looks at every state a message ever had, so that nothing passes unseen between two looks.
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
    """One channel through one person's eyes.

    Attributes:
        id: The channel's id.
    """

    def __init__(self, state: ServerState, channel_id: Snowflake, viewer_id: Snowflake | None = None) -> None:
        self._state = state
        self._viewer_id = viewer_id
        self.id = channel_id

    @property
    def value(self) -> Channel:
        """The channel as it is now.

        Raises:
            ApiError: It was deleted.
        """
        return self._state.channel(self.id)

    @property
    def messages(self) -> list[Message]:
        """What is on the screen, oldest first; without a viewer, everybody's ephemeral messages too."""
        return [one for one in self._state.messages.get(self.id, {}).values() if self._is_visible(one)]

    def message(self, message: Message | Snowflake) -> Message:
        """Return a message as it is now.

        Raises:
            ApiError: It was deleted.
        """
        return self._state.message(self.id, message if isinstance(message, int) else message.id)

    def states(self, message: Message | Snowflake) -> list[Message]:
        """Return every state a message was ever in, from sent to last edited."""
        message_id = message if isinstance(message, int) else message.id
        told = [entry.event for entry in self._state.log.entries]
        return [
            one.message
            for one in told
            if isinstance(one, MessageCreated | MessageEdited) and one.message.id == message_id
        ]

    async def wait_for(self, wanted: Callable[[Message], bool], timeout_s: float = WAIT_TIMEOUT_S) -> Message:
        """Return the first message that is, or comes to be, as wanted.

        Raises:
            TimeoutError: None was in time.
        """
        return await wait_for_message(self._state, self.messages, self._belongs, wanted, timeout_s)

    async def wait_until_deleted(self, message: Message, timeout_s: float = WAIT_TIMEOUT_S) -> None:
        """Wait until a message is deleted.

        Raises:
            TimeoutError: It is still there.
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
