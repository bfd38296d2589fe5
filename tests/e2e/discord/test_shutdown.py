"""A bot that is stopped while it downloads: what the card shows meanwhile, and that the next start goes on."""

import signal

import pytest

from tests.e2e.discord.bot_driver import Sandbox, text_of

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
async def test_a_stopped_bot_says_on_the_card_that_the_download_goes_on(
    sandbox: Sandbox, number: signal.Signals
) -> None:
    chat, link = sandbox.open_chat(), sandbox.video(int(number), size_bytes=1_500_000, rate_bps=200_000)
    card = await chat.ask(f"$dl {link}")
    await chat.shows(card, "⬇ Downloading")
    await chat.wait_for_status(card, "downloading")
    await sandbox.bot.stop(number)
    assert f"Stopping because of {number.name}." in sandbox.bot.output
    stopped = text_of(chat.channel.message(card))
    assert "🔄 Bot restarting" in stopped
    assert "The bot restarts. The download goes on by itself afterwards." in stopped
    assert "Downloading" not in stopped
    await sandbox.bot.start()
    shown = await chat.shows(card, "✅ Download complete!", 60)
    assert "restart" not in text_of(shown)
    assert chat.files() == ["clip.mp4"]
    assert len(chat.cards()) == 1
