"""How it stands with what a person asked for: pure, from the bot's messages alone.

It exists apart because it decides the exit code: it reads what anybody in the channel could read, nothing else.

What a text asks the bot for, a file or words: pure.

It exists apart because it decides, with what became of the text, whether a script went well.
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
    """What became of one request."""

    NO_ANSWER = "no answer yet"
    RUNNING = "under way"
    ANSWERED = "answered, without a download"
    DELIVERED = "delivered"
    FAILED = "failed"


def read_request_status(answers: Sequence[Message]) -> RequestStatus:
    """Return how it stands, going by the bot's messages since the request as they are now.

    A card offers "delete" only once its download has ended, and then "retry" only when it brought nothing.
    """
    if not answers:
        return RequestStatus.NO_ANSWER
    cards = [actions for one in answers if (actions := set(_button_actions(one)))]
    if any(one.flags & MessageFlag.LOADING for one in answers) or any(_LAST_BUTTON not in card for card in cards):
        return RequestStatus.RUNNING
    if any(_FAILED_BUTTON in card for card in cards):
        return RequestStatus.FAILED
    if any(one.attachments for one in answers):
        return RequestStatus.DELIVERED
    return RequestStatus.FAILED if cards else RequestStatus.ANSWERED


def _button_actions(message: Message) -> Iterator[str]:
    parts: Iterator[JsonObject] = (part for row in message.components for part in row.get("components", ()))
    for part in parts:
        if found := _JOB_BUTTON.fullmatch(str(part.get("custom_id", ""))):
            yield found["action"]


_PREFIX: Final = "$"
_TEXT_COMMANDS: Final = frozenset({"dlq", "dlc", "dls", "dlh", "health", "sync"})


def expects_file(text: str) -> bool:
    """Return whether only a file is a good answer: to every text but the commands that are answered with words."""
    command = next(iter(text.lower().split()), "")
    return command.removeprefix(_PREFIX) not in _TEXT_COMMANDS
