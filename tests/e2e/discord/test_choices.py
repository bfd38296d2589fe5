"""The question about a file that does not fit, in Discord: its buttons, a restart in between, and the answer."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from boss_bot_sandbox.discord import TooLargeVariant
from boss_bot_sandbox.discord.faults import Fault, Refused
from tests.e2e.discord.bot_driver import Sandbox, labels
from tests.e2e.discord.conftest import OpenSandbox
from tests.fitting import build_environment

LARGE_BYTES = 22_000_000


@pytest_asyncio.fixture
async def sandbox(open_sandbox: OpenSandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Sandbox]:
    variables = build_environment(tmp_path)
    monkeypatch.setenv("PYTHONPATH", variables.pop("PYTHONPATH"))
    settings = {name.removeprefix("BOSS_BOT_"): value for name, value in variables.items()}
    async with open_sandbox(**settings) as opened:
        yield opened


async def test_a_button_answers_the_question_also_after_a_restart(sandbox: Sandbox) -> None:
    chat = sandbox.open_chat()
    card = await chat.ask(f"$dl {sandbox.video(1, size_bytes=LARGE_BYTES)}")
    failed = await chat.shows(card, "❌ Download failed")
    assert labels(failed) == ["Send parts", "Sound only", "Retry", "Details", "Delete"]
    assert "It is too large for this place. Choose how it shall be sent." in str(failed)
    await sandbox.bot.stop()
    await sandbox.bot.start()
    sandbox.site.reset()
    assert "only its sound is sent" in await chat.press(card, "Sound only")
    [attachment] = (await chat.delivery()).attachments
    assert attachment.filename.endswith(".wav")
    assert str(attachment.description).startswith("The sound of")
    assert "Send parts" not in labels(await chat.shows(card, "✅ Download complete!"))
    assert sandbox.site.requests.matching("clip.mp4") == []


async def test_a_refused_upload_is_converted_for_the_limit_that_it_reveals(sandbox: Sandbox) -> None:
    chat = sandbox.open_chat(name="small")
    # The first message is the card.
    route = f"POST /channels/{chat.channel.id}/messages"
    sandbox.discord.faults.plan.add(Fault(effect=Refused(TooLargeVariant.JSON), route=route, skip=1))
    card = await chat.ask(f"$dl {sandbox.video(2, size_bytes=12_000_000)}")
    failed = await chat.shows(card, "❌ Download failed")
    assert labels(failed)[:2] == ["Send parts", "Sound only"]
    sandbox.site.reset()
    assert "only its sound is sent" in await chat.press(card, "Sound only")
    assert [one.filename[-4:] for one in (await chat.delivery()).attachments] == [".wav"]
    assert sandbox.site.requests.matching("clip.mp4") == []
