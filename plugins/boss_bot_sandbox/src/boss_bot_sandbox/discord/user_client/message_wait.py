"""Waiting for a message to be as somebody wants it: those that are there first, then every state one comes to have.

It exists apart because a channel and an interaction's answers are waited on in the same way.
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
    """Return the first message that is, or comes to be, as wanted.

    Args:
        state: Where it is told of.
        there: The messages that there are already.
        belongs: Whether a new or edited message is one of those that are waited on.
        wanted: Whether it is the one.
        timeout_s: How long to wait.

    Raises:
        TimeoutError: None was in time.
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
