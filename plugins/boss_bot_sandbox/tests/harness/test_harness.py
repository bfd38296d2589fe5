"""The harness as the page drives it: with requests to the control API, and the real bot behind them."""

from __future__ import annotations

import aiohttp
import pytest

from boss_bot_sandbox.discord.control.client import ControlClient
from boss_bot_sandbox.discord.errors import ControlError
from boss_bot_sandbox.harness.bot_process import BotProcess
from boss_bot_sandbox.harness.harness import open_harness


@pytest.mark.timeout(180)
async def test_a_sample_can_be_typed_in_every_text_of_the_page() -> None:
    async with open_harness(BotProcess()) as harness, aiohttp.ClientSession() as session:
        await harness.wait_for_login()
        control, general = ControlClient(session, harness.discord.control_url), harness.discord.channel("general")
        said = await control.act("ada", "say", channel="general", content="$dl sample:photo")
        assert said["message"]["content"] == "$dl https://media.example.com/files/photo-1.jpg"
        delivered = await general.wait_for(lambda message: bool(message.attachments), 60)
        assert delivered.attachments[0].filename == "photo-1.jpg"
        await control.act("olivia", "say", channel="general", content="$sync")
        await general.wait_for(lambda message: "Discord knows" in message.content, 60)
        await control.act("ada", "slash", channel="general", name="dl", options={"url": "sample:audio"})
        await general.wait_for(lambda message: [one.filename for one in message.attachments] == ["tone.mp3"], 60)
        with pytest.raises(ControlError, match=r"no sample:slwo\. Did you mean slow") as refused:
            await control.act("ada", "say", channel="general", content="$dl sample:slwo")
        assert refused.value.status == 400
