"""The operator's alerts in a channel of the local Discord, from the running bot."""

import asyncio
import hashlib
import urllib.request
from pathlib import Path

import pytest

from boss_bot_sandbox.site.twitter import tweet
from tests.e2e.discord.bot_driver import Sandbox, text_of
from tests.e2e.discord.conftest import OpenSandbox

PHOTO = "files/photo-1.jpg"
COOKIES = "# Netscape HTTP Cookie File\n.x.com\tTRUE\t/\tTRUE\t0\tauth_token\tsecret-value\n"


def fetch(url: str) -> bytes:
    content: bytes = urllib.request.urlopen(url).read()
    return content


def alerts_in(sandbox: Sandbox) -> list[str]:
    """Return the alerts that the bot has posted; those about the disk of this machine left out."""
    messages = sandbox.discord.channel("alerts").messages
    return [message.content for message in messages if "Disk space" not in message.content]


@pytest.mark.asyncio
async def test_alerts_come_once_into_the_operators_channel(open_sandbox: OpenSandbox, tmp_path: Path) -> None:
    async with open_sandbox(MAX_ATTEMPTS="1") as sandbox:
        content = await asyncio.to_thread(fetch, f"{sandbox.site.http_url}/{PHOTO}")
        (tmp_path / "blocked.txt").write_text(hashlib.sha256(content).hexdigest())
        (tmp_path / "cookies.txt").write_text(COOKIES)
        channel = sandbox.discord.seed.channel("alerts", sandbox.discord.guild())
        await sandbox.bot.stop()
        sandbox.bot.environment = {
            **sandbox.bot.environment,
            "BOSS_BOT_ALERT_CHANNEL_ID": str(channel.id),
            "BOSS_BOT_BLOCKED_HASHES_FILE": str(tmp_path / "blocked.txt"),
            "BOSS_BOT_COOKIES": f"twitter={tmp_path / 'cookies.txt'}",
        }
        await sandbox.bot.start()
        for _ in range(2):
            chat = sandbox.open_chat()
            card = await chat.ask(f"$dl https://media.example.com/{PHOTO}")
            await chat.shows(card, "does not allow this file")
        card = await chat.ask(f"$dl {tweet('protected').url}")
        await chat.wait_for_status(card, "failed")
        await sandbox.discord.channel("alerts").wait_for(lambda message: "Cookies refused" in text_of(message))
        card = await chat.ask(f"$dl {tweet('video').url}")
        await chat.wait_for_status(card, "completed")
        await sandbox.discord.channel("alerts").wait_for(lambda message: "Over: Cookies" in text_of(message))
        suspicious, cookies, over = alerts_in(sandbox)
        assert suspicious.startswith("⚠️ **Suspicious file** · A file was refused: The bot's operator does not allow")
        assert "plugin twitter has cookies" in cookies
        assert over == "✅ **Over: Cookies refused** · Plugin twitter has completed a download again."
