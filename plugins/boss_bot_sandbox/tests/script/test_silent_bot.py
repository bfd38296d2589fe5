"""A bot that says nothing is not waited for until the end."""

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


async def test_silence_ends_the_waiting_before_the_time_is_over() -> None:
    async with LocalDiscord() as nobody_there:
        outcome = await Conversation(nobody_there, "ada", lambda _: None).say("good morning", 600)
    assert (outcome.status, outcome.files) == (RequestStatus.NO_ANSWER, ())


async def test_a_command_that_the_shell_ate_is_explained() -> None:
    lines: list[str] = []
    async with open_harness(BotProcess()) as harness:
        assert not await play_script(harness, Script(texts=[" sample:video"], user="ada", timeout_s=600), lines.append)
    assert "'$dl sample:video'" in lines[-1]
