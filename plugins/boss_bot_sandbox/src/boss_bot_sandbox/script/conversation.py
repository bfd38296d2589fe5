"""Says something as a person, and watches until the bot is done with it.

It exists apart from the command so that tests can say things without a terminal.
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
"""A request with several links brings several cards, one after the other: this long nothing more may come."""

_SILENCE_TIMEOUT_S: Final = 30.0
"""A bot that has not said a word by then did not take it for a command, even on a busy machine."""

CHANNEL: Final = "general"


@attrs.frozen(kw_only=True)
class MessageResult:
    """What came of one text.

    Attributes:
        standing: How it ended; not at all when it is still under way.
        files: What arrived.
    """

    status: RequestStatus
    files: tuple[Attachment, ...]


class Conversation:
    """One person in one channel.

    Args:
        discord: Where.
        user: Who speaks.
        hear: Called with everything that happens meanwhile.
    """

    def __init__(self, discord: LocalDiscord, user: str, on_entry: Callable[[LogEntry], None]) -> None:
        self._discord = discord
        self._user = discord.user(user)
        self._channel = self._user.observe(discord.channel(CHANNEL))
        self._on_entry = on_entry

    async def say(self, text: str, timeout_s: float) -> MessageResult:
        """Send a message and wait until the bot has done what it asked for, or the time is over.

        Raises:
            ApiError: Discord does not take that message.
        """
        start = len(self._discord.transcript)
        said = await self._user.say(self._channel, text)
        answers: dict[int, Message] = {}
        following = asyncio.create_task(self._follow(start, said, answers))
        try:
            await self._wait_until_finished(following, answers, time.monotonic() + timeout_s)
        finally:
            following.cancel()
        messages = tuple(answers.values())
        files = tuple(file for one in messages for file in one.attachments)
        return MessageResult(status=read_request_status(messages), files=files)

    async def _follow(self, start: int, said: Message, answers: dict[int, Message]) -> None:
        async for entry in self._discord.subscribe(start):
            self._on_entry(entry)
            self._record_answer(entry.event, said, answers)

    def _record_answer(self, event: Event, said: Message, answers: dict[int, Message]) -> None:
        if not isinstance(event, MessageCreated | MessageEdited | MessageDeleted):
            return
        message = event.message
        mine = message.channel_id == self._channel.id and message.author_id == self._discord.state.bot.id
        if isinstance(event, MessageDeleted):
            answers.pop(message.id, None)
        elif mine and message.id > said.id:
            answers[message.id] = message

    async def _wait_until_finished(
        self, following: asyncio.Task[None], answers: dict[int, Message], deadline_s: float
    ) -> None:
        seen: tuple[Message, ...] = ()
        begun_s = since_s = time.monotonic()
        while not following.done() and time.monotonic() < deadline_s:
            now = tuple(answers.values())
            if now != seen:
                seen, since_s = now, time.monotonic()
            stands = read_request_status(now)
            if stands is RequestStatus.NO_ANSWER and time.monotonic() - begun_s >= _SILENCE_TIMEOUT_S:
                return
            done = stands not in (RequestStatus.NO_ANSWER, RequestStatus.RUNNING)
            if done and time.monotonic() - since_s >= _QUIET_S:
                return
            await asyncio.sleep(0.05)
        if following.done():
            await following
