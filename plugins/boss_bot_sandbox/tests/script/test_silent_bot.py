"""A bot without an answer ends the wait before the timeout."""

import pytest

from boss_bot_sandbox.discord import LocalDiscord
from boss_bot_sandbox.harness.bot_process import BotProcess
from boss_bot_sandbox.harness.harness import open_harness
from boss_bot_sandbox.script import conversation
from boss_bot_sandbox.script.conversation import Conversation
from boss_bot_sandbox.script.request_status import RequestStatus
from boss_bot_sandbox.script.script import Script, play_script

pytestmark = pytest.mark.timeout(60)


@pytest.fixture(autouse=True)
def short_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversation, "_SILENCE_TIMEOUT_S", 0.3)


async def test_a_silent_bot_ends_the_wait_before_the_timeout() -> None:
    async with LocalDiscord() as nobody_there:
        outcome = await Conversation(nobody_there, "ada", lambda _: None).say("good morning", 600)
    assert (outcome.status, outcome.files) == (RequestStatus.NO_ANSWER, ())


async def test_a_command_that_the_shell_removed_is_explained() -> None:
    lines: list[str] = []
    async with open_harness(BotProcess()) as harness:
        assert not await play_script(harness, Script(texts=[" sample:video"], user="ada", timeout_s=600), lines.append)
    assert "'$dl sample:video'" in lines[-1]
