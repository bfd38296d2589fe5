"""The status of a request from the messages in the channel, and the texts that require a file as answer."""

from pathlib import Path

import attrs
import pytest

from boss_bot_sandbox.discord.model.attachment import Attachment
from boss_bot_sandbox.discord.model.message import Message, MessageFlag
from boss_bot_sandbox.discord.model.snowflake import Snowflake
from boss_bot_sandbox.script.request_status import RequestStatus, expects_file, read_request_status

ID = Snowflake(1)
PLAIN = Message(id=ID, channel_id=ID, guild_id=ID, author_id=ID, content="Hello")
FILE = Attachment(
    id=ID, filename="a.jpg", size_bytes=1, content_type="image/jpeg", url="http://127.0.0.1/a.jpg", path=Path("a.jpg")
)
FILES = attrs.evolve(PLAIN, attachments=(FILE,))


def card(*actions: str) -> Message:
    buttons = [{"type": 2, "custom_id": f"bb:j:{'0' * 32}:{action}"} for action in actions]
    return attrs.evolve(PLAIN, components=({"type": 1, "components": [*buttons, {"type": 2, "url": "http://x"}]},))


RUNNING, COMPLETED = card("pause", "cancel", "details"), card("delete")
ENDED, CANCELLING = card("retry", "details", "delete"), card("details")


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([], RequestStatus.NO_ANSWER),
        ([PLAIN], RequestStatus.ANSWERED),
        ([attrs.evolve(PLAIN, flags=MessageFlag.LOADING)], RequestStatus.RUNNING),
        ([RUNNING], RequestStatus.RUNNING),
        ([RUNNING, FILES], RequestStatus.RUNNING),
        ([CANCELLING], RequestStatus.RUNNING),
        ([COMPLETED, FILES], RequestStatus.DELIVERED),
        ([COMPLETED, FILES, PLAIN], RequestStatus.DELIVERED),
        ([COMPLETED, FILES, RUNNING], RequestStatus.RUNNING),
        ([COMPLETED, FILES, ENDED], RequestStatus.FAILED),
        ([ENDED], RequestStatus.FAILED),
        ([COMPLETED], RequestStatus.FAILED),
    ],
)
def test_the_status_follows_from_the_bot_s_messages(answers: list[Message], expected: RequestStatus) -> None:
    assert read_request_status(answers) is expected


@pytest.mark.parametrize("text", ["$dl https://a.b/c", "$DL", "$dlt https://x.com/1", " $dl\nhttps://a.b", "hello", ""])
def test_a_text_that_requires_a_file(text: str) -> None:
    assert expects_file(text)


@pytest.mark.parametrize("text", ["$dlq", "$dlc all", "$DLS bar dots", "$dlh dl", "$health", "$sync here"])
def test_a_command_with_a_text_answer(text: str) -> None:
    assert not expects_file(text)
