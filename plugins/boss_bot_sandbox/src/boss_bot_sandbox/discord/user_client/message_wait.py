"""Waits for a message with an expected state: first among existing messages, then among all new states.

`ChannelObserver` and `InteractionObserver` share it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from boss_bot_sandbox.discord.events import Event, MessageCreated, MessageEdited

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from boss_bot_sandbox.discord.model.message import Message
    from boss_bot_sandbox.discord.state.server_state import ServerState


async def wait_for_message(
    state: ServerState,
    existing: Iterable[Message],
    belongs: Callable[[Message], bool],
    wanted: Callable[[Message], bool],
    timeout_s: float,
) -> Message:
    """Return the first message, existing or future, with a state that ``wanted`` accepts.

    Args:
        state: The state, whose event log is followed.
        existing: The existing messages.
        belongs: Returns whether a new or edited message is observed at all.
        wanted: Returns whether a message has the expected state.
        timeout_s: The maximum waiting time in seconds.

    Raises:
        TimeoutError: There was no such message in time.
    """
    start = len(state.log.entries)
    for message in existing:
        if wanted(message):
            return message

    def shown(event: Event) -> Message | None:
        if not isinstance(event, MessageCreated | MessageEdited) or not belongs(event.message):
            return None
        return event.message if wanted(event.message) else None

    return await state.log.find_first(shown, timeout_s=timeout_s, start=start)
