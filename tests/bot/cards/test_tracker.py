"""The tracker's edits: they run beside each other, end with the tracker, and keep the requester's preferences."""

import asyncio
from unittest import mock

import pytest

from boss_bot_core.app.app import App
from boss_bot_core.bot.cards.message_api import EditResult
from boss_bot_core.bot.cards.renderer import RenderedCard
from boss_bot_core.bot.cards.service import CardService
from boss_bot_core.chat_settings.service import ChatSettingsService
from boss_bot_core.database import Database
from boss_bot_core.domain.events import JobProgressed
from boss_bot_core.domain.items import DownloadItem
from tests.bot.cards.doubles import CARD, FakeCardMessages, FakeClock, build_target, list_headings, post_download
from tests.bot.cards.factories import ADA, CHANNEL, GUILD, build_progress
from tests.bot.cards.harness import complete_download, start_download, submit_download


def publish_progress(app: App, running: DownloadItem, bytes_downloaded: int) -> None:
    update = build_progress(item_id=running.id, bytes_downloaded=bytes_downloaded)
    app.bus.publish(JobProgressed(item=running, update=update))


async def test_a_slow_channel_delays_no_other_and_closing_cancels_its_edit(
    app: App, cards: CardService, messages: FakeCardMessages, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    started, ended = asyncio.Event(), asyncio.Event()

    async def edit_slowly(channel_id: int, message_id: int, card: RenderedCard) -> EditResult:
        if channel_id != CHANNEL:
            return await FakeCardMessages.edit(messages, channel_id, message_id, card)
        started.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()
        raise AssertionError("the edit is never answered")

    for number, channel_id in enumerate((CHANNEL, CHANNEL + 1)):
        await cards.post(await submit_download(app, number), build_target(CARD + number, channel_id))
    await clock.advance(6)
    monkeypatch.setattr(messages, "edit", edit_slowly)
    messages.edits.clear()  # the first card may have been edited when the second one came behind it
    async with asyncio.timeout(30):
        for _ in range(2):
            await start_download(app)
        await started.wait()
        while not messages.edits:
            await asyncio.sleep(0.01)
    assert {edit.channel_id for edit in messages.edits} == {CHANNEL + 1}
    assert not ended.is_set()
    await cards.close()
    assert ended.is_set()


@pytest.mark.parametrize("scope", ["user", "guild"])
async def test_a_changed_preference_applies_to_the_next_edit(
    app: App,
    cards: CardService,
    messages: FakeCardMessages,
    clock: FakeClock,
    chat_settings: ChatSettingsService,
    scope: str,
) -> None:
    await post_download(app, cards)
    running = await start_download(app)
    await clock.advance(6)
    assert list_headings(messages) == ["⬇ Downloading"]
    if scope == "user":
        await chat_settings.change_user_setting(ADA, "notification_level", "none", GUILD)
    else:
        await chat_settings.change_guild_setting(GUILD, "members-notifications", "none")
    publish_progress(app, running, 1000)
    await clock.advance(6)
    assert list_headings(messages) == ["⬇ Downloading"]
    await complete_download(app, running)
    await clock.advance(6)
    assert list_headings(messages) == ["⬇ Downloading", "✅ Download complete!"]
    assert messages.pings == []


async def test_a_progress_edit_opens_no_transaction(
    app: App, cards: CardService, messages: FakeCardMessages, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await post_download(app, cards)
    running = await start_download(app)
    await clock.advance(6)
    edits = len(messages.edits)
    refused = mock.create_autospec(Database.connect, side_effect=AssertionError("a transaction was opened"))
    monkeypatch.setattr(Database, "connect", refused)
    monkeypatch.setattr(Database, "begin", refused)
    publish_progress(app, running, 1000)
    await clock.advance(6)
    assert len(messages.edits) == edits + 1
    assert refused.call_count == 0
