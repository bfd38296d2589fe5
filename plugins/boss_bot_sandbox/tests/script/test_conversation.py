"""Conversations and scripts in one harness, without a terminal."""

import json

import pytest

from boss_bot_sandbox.harness.bot_process import BotProcess
from boss_bot_sandbox.harness.harness import open_harness
from boss_bot_sandbox.harness.samples import expand_samples
from boss_bot_sandbox.script.conversation import Conversation
from boss_bot_sandbox.script.request_status import RequestStatus
from boss_bot_sandbox.script.script import Script, play_script


@pytest.mark.slow
@pytest.mark.timeout(180)
async def test_a_conversation_with_and_without_boosts_and_with_json_output() -> None:
    async with open_harness(BotProcess()) as harness:
        await harness.wait_for_login()
        big = expand_samples("$dl sample:big")
        conversation = Conversation(harness.discord, "milo", lambda _: None)
        fitting = await conversation.say(big, 60)
        assert fitting.status is RequestStatus.DELIVERED
        assert [file.size_bytes < 10 * 1024 * 1024 for file in fitting.files] == [True]
        harness.discord.admin.boost(harness.discord.guild(), 2)
        whole = await conversation.say(big.replace("31457280", "31457281"), 60)
        assert [file.size_bytes for file in whole.files] == [30 * 1024 * 1024 + 1]

        silent = await conversation.say("good morning", 0.5)
        assert silent.status is RequestStatus.NO_ANSWER

        # A text is not a sufficient answer to a download command, even when it is not an error.
        for text in ("$dl", "$dl https://10.0.0.1/a.jpg", expand_samples("$dlt sample:photo")):
            said: list[str] = []
            assert not await play_script(harness, Script(texts=[text, "$dlq"], user="ada"), said.append), text
            assert [line for line in said if line[0] in "✔✘"] == [
                "✘ No file arrived; the reason is above",
                "✔ The bot answered",
            ]

        lines: list[str] = []
        assert await play_script(
            harness, Script(texts=[expand_samples("$dl sample:x-photos")], user="bob", as_json=True), lines.append
        )
        entries = [json.loads(line) for line in lines]
        files = [file for entry in entries for file in entry.get("message", {}).get("attachments", ())]
        assert len({file["id"] for file in files}) == 4


async def test_a_bot_that_cannot_start_fails_the_script_with_its_last_lines() -> None:
    lines: list[str] = []
    async with open_harness(BotProcess(("-c", "raise SystemExit('no way')"))) as harness:
        assert not await play_script(harness, Script(texts=["$dlh"], user="ada"), lines.append)
    assert lines == ["✘ The bot did not start: no way"]
