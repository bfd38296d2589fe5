"""The status of a user's request, read from the bot's messages alone, and the answer that a text requires.

Both decide the exit code of a script. The status uses only what every member of the channel can see.
"""

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Final

from boss_bot_sandbox.discord.model.message import Message, MessageFlag

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.jsontypes import JsonObject

_JOB_BUTTON: Final = re.compile(r"bb:j:[0-9a-f]{32}:(?P<action>\w+)")
_LAST_BUTTON: Final = "delete"
_FAILED_BUTTON: Final = "retry"


class RequestStatus(Enum):
    """The status of one request; the value is its text in the terminal."""

    NO_ANSWER = "no answer yet"
    RUNNING = "under way"
    ANSWERED = "answered, without a download"
    DELIVERED = "delivered"
    FAILED = "failed"


def read_request_status(answers: Sequence[Message]) -> RequestStatus:
    """Return the status of a request from the bot's messages after it, in their current state.

    A card has a "delete" button only when its download has ended, and a "retry" button only when that download failed.
    """
    if not answers:
        return RequestStatus.NO_ANSWER
    cards = [actions for message in answers if (actions := set(_button_actions(message)))]
    if any(message.flags & MessageFlag.LOADING for message in answers) or any(
        _LAST_BUTTON not in card for card in cards
    ):
        return RequestStatus.RUNNING
    if any(_FAILED_BUTTON in card for card in cards):
        return RequestStatus.FAILED
    if any(message.attachments for message in answers):
        return RequestStatus.DELIVERED
    return RequestStatus.FAILED if cards else RequestStatus.ANSWERED


def _button_actions(message: Message) -> Iterator[str]:
    parts: Iterator[JsonObject] = (part for row in message.components for part in row.get("components", ()))
    for part in parts:
        if match := _JOB_BUTTON.fullmatch(str(part.get("custom_id", ""))):
            yield match["action"]


_PREFIX: Final = "$"
_TEXT_COMMANDS: Final = frozenset({"dlq", "dlc", "dls", "dlh", "health", "sync"})


def expects_file(text: str) -> bool:
    """Return whether the text requires a file as answer: true for all texts but the commands with a text answer."""
    command = next(iter(text.lower().split()), "")
    return command.removeprefix(_PREFIX) not in _TEXT_COMMANDS
