"""Sends messages as one user in one channel, and waits until the bot has finished its answer.

Tests use it without a terminal.
"""

import asyncio
import time
from collections.abc import Callable
from typing import Final

import attrs

from boss_bot_sandbox.discord import LocalDiscord
from boss_bot_sandbox.discord.events import Event, LogEntry, MessageCreated, MessageDeleted, MessageEdited
from boss_bot_sandbox.discord.model.attachment import Attachment
from boss_bot_sandbox.discord.model.message import Message
from boss_bot_sandbox.script.request_status import RequestStatus, read_request_status

_QUIET_S: Final = 1.0
"""How long the answers must not change before they count as complete: several links get several cards in turn."""

_SILENCE_TIMEOUT_S: Final = 30.0
"""After this time without an answer the bot did not recognise a command, even on a busy machine."""

CHANNEL: Final = "general"


@attrs.frozen(kw_only=True)
class MessageResult:
    """The bot's answer to one message.

    Attributes:
        status: The status of the request; RUNNING when the time was over before it ended.
        files: The delivered files.
    """

    status: RequestStatus
    files: tuple[Attachment, ...]


class Conversation:
    """One user's messages in one channel, and the bot's answers.

    Args:
        discord: The local Discord.
        user: The name of the user.
        on_entry: Called with every event while an answer is awaited.
    """

    def __init__(self, discord: LocalDiscord, user: str, on_entry: Callable[[LogEntry], None]) -> None:
        self._discord = discord
        self._user = discord.user(user)
        self._channel = self._user.observe(discord.channel(CHANNEL))
        self._on_entry = on_entry

    async def say(self, text: str, timeout_s: float) -> MessageResult:
        """Send a message and wait until the bot has finished its answer or the time is over.

        Raises:
            ApiError: Discord refuses the message.
        """
        start = len(self._discord.transcript)
        sent = await self._user.say(self._channel, text)
        answers: dict[int, Message] = {}
        listener = asyncio.create_task(self._follow(start, sent, answers))
        try:
            await self._wait_until_finished(listener, answers, time.monotonic() + timeout_s)
        finally:
            listener.cancel()
        messages = tuple(answers.values())
        files = tuple(file for one in messages for file in one.attachments)
        return MessageResult(status=read_request_status(messages), files=files)

    async def _follow(self, start: int, sent: Message, answers: dict[int, Message]) -> None:
        async for entry in self._discord.subscribe(start):
            self._on_entry(entry)
            self._record_answer(entry.event, sent, answers)

    def _record_answer(self, event: Event, sent: Message, answers: dict[int, Message]) -> None:
        if not isinstance(event, MessageCreated | MessageEdited | MessageDeleted):
            return
        message = event.message
        is_answer = message.channel_id == self._channel.id and message.author_id == self._discord.state.bot.id
        if isinstance(event, MessageDeleted):
            answers.pop(message.id, None)
        elif is_answer and message.id > sent.id:
            answers[message.id] = message

    async def _wait_until_finished(
        self, listener: asyncio.Task[None], answers: dict[int, Message], deadline_s: float
    ) -> None:
        previous: tuple[Message, ...] = ()
        started_s = changed_s = time.monotonic()
        while not listener.done() and time.monotonic() < deadline_s:
            current = tuple(answers.values())
            if current != previous:
                previous, changed_s = current, time.monotonic()
            status = read_request_status(current)
            if status is RequestStatus.NO_ANSWER and time.monotonic() - started_s >= _SILENCE_TIMEOUT_S:
                return
            done = status not in (RequestStatus.NO_ANSWER, RequestStatus.RUNNING)
            if done and time.monotonic() - changed_s >= _QUIET_S:
                return
            await asyncio.sleep(0.05)
        if listener.done():
            await listener
