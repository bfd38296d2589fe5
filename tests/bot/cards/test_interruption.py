"""The cards of running downloads when the bot stops, and when it starts again."""

import asyncio
from unittest import mock

import pytest

from boss_bot_core.app.app import App
from boss_bot_core.bot.cards import interruption
from boss_bot_core.bot.cards.message_api import EditResult
from boss_bot_core.bot.cards.renderer import RenderedCard
from boss_bot_core.bot.cards.service import CardService
from boss_bot_core.chat_settings.service import ChatSettingsService
from boss_bot_core.domain.status import DownloadStatus
from tests.bot.cards.doubles import CARD, FakeCardMessages, FakeClock, list_headings, post_download
from tests.bot.cards.factories import ADA, GUILD
from tests.bot.cards.harness import advance_download, build_card_service, start_download


@pytest.mark.parametrize(
    ("level", "shown"),
    [
        ("none", []),
        ("minimal", ["⬇ Downloading", "🔄 Bot restarting"]),
        ("normal", ["⬇ Downloading", "⚙ Processing", "🔄 Bot restarting"]),
    ],
)
async def test_cards_that_show_a_running_download_tell_that_the_bot_restarts(
    app: App,
    cards: CardService,
    messages: FakeCardMessages,
    clock: FakeClock,
    chat_settings: ChatSettingsService,
    level: str,
    shown: list[str],
) -> None:
    await chat_settings.change_user_setting(ADA, "notification_level", level, GUILD)
    await post_download(app, cards)
    running = await start_download(app)
    await clock.advance(6)
    running = await advance_download(app, running, DownloadStatus.PROCESSING)
    await post_download(app, cards, CARD + 1, 2)
    await clock.advance(6)
    await cards.close()
    assert list_headings(messages) == shown
    # A waiting download shows the truth already.
    assert "🔄 Bot restarting" not in list_headings(messages, CARD + 1)


async def test_the_next_start_renders_the_card_anew(
    app: App, cards: CardService, messages: FakeCardMessages, clock: FakeClock
) -> None:
    await post_download(app, cards)
    await start_download(app)
    await clock.advance(6)
    await cards.close()
    again = build_card_service(app, messages, clock=clock)
    await again.start()
    clock.cards = again
    await clock.advance(6)
    assert list_headings(messages)[-2:] == ["🔄 Bot restarting", "⬇ Downloading"]
    await again.close()


async def test_a_discord_that_does_not_answer_delays_the_end_for_a_moment_only(
    app: App, cards: CardService, messages: FakeCardMessages, clock: FakeClock
) -> None:
    for number in range(2):
        await post_download(app, cards, CARD + number, number)
        await start_download(app)
    await clock.advance(6)
    edit, hanging = messages.edit, asyncio.Event()

    async def hang(channel_id: int, message_id: int, card: RenderedCard) -> EditResult:
        if message_id == CARD:
            await hanging.wait()
        return await edit(channel_id, message_id, card)

    with mock.patch.object(messages, "edit", hang), mock.patch.object(interruption, "INTERRUPTION_TIMEOUT_S", 0.1):
        async with asyncio.timeout(30):
            await cards.close()
    assert [list_headings(messages, CARD + number)[-1] for number in range(2)] == [
        "⬇ Downloading",
        "🔄 Bot restarting",
    ]
