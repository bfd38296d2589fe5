"""How it stands, going by what the channel shows."""

from pathlib import Path

import attrs
import pytest

from boss_bot_sandbox.discord.model.attachment import Attachment
from boss_bot_sandbox.discord.model.message import Message, MessageFlag
from boss_bot_sandbox.discord.model.snowflake import Snowflake
from boss_bot_sandbox.script.request_status import Standing, standing

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
        ([], Standing.SILENT),
        ([PLAIN], Standing.ANSWERED),
        ([attrs.evolve(PLAIN, flags=MessageFlag.LOADING)], Standing.UNDER_WAY),
        ([RUNNING], Standing.UNDER_WAY),
        ([RUNNING, FILES], Standing.UNDER_WAY),
        ([CANCELLING], Standing.UNDER_WAY),
        ([COMPLETED, FILES], Standing.DELIVERED),
        ([COMPLETED, FILES, PLAIN], Standing.DELIVERED),
        ([COMPLETED, FILES, RUNNING], Standing.UNDER_WAY),
        ([COMPLETED, FILES, ENDED], Standing.FAILED),
        ([ENDED], Standing.FAILED),
        ([COMPLETED], Standing.FAILED),
    ],
)
def test_standing(answers: list[Message], expected: Standing) -> None:
    assert standing(answers) is expected
