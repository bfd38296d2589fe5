"""The card service over a real queue, with a fake clock and fake messages."""

import pytest

from boss_bot_core.app.app import App
from boss_bot_core.bot.cards.service import CardService
from boss_bot_core.chat_settings.service import ChatSettingsService
from boss_bot_core.domain.errors import ErrorType
from boss_bot_core.domain.events import JobCompleted, JobProgressed
from boss_bot_core.domain.status import DownloadStatus
from tests.bot.cards.doubles import (
    CARD,
    FakeCardMessages,
    FakeClock,
    build_target,
    find_card_record,
    list_headings,
    post_download,
)
from tests.bot.cards.factories import ADA, CHANNEL, GUILD, build_file, build_progress
from tests.bot.cards.harness import advance_download, complete_download, fail_download, start_download, submit_download

ALL_EDITS = [*["⬇ Downloading"] * 3, "⚙ Processing", "⬆ Uploading", "✅ Download complete!"]


async def test_a_card_is_posted_and_edited_until_completion(
    app: App, cards: CardService, messages: FakeCardMessages, clock: FakeClock
) -> None:
    item = await post_download(app, cards)
    record = await find_card_record(app, item)
    assert record is not None
    assert (record.channel_id, record.message_id, record.kind) == (CHANNEL, CARD, "message")
    running = await start_download(app)
    await clock.advance(1)
    app.bus.publish(JobProgressed(item=running, update=build_progress(item_id=item.id)))
    await clock.advance(10)
    await complete_download(app, running)
    await clock.advance(10)
    assert list_headings(messages) == ["⬇ Downloading", "⬇ Downloading", "✅ Download complete!"]
    assert [edit.at for edit in messages.edits] == [0.0, 1.0, 11.0], "a change of state is shown at once"
    assert messages.pings == [f"<@{ADA}> ✅ Download complete!"]
    assert await find_card_record(app, item) is not None


async def test_an_unchanged_card_is_not_edited(
    app: App, cards: CardService, messages: FakeCardMessages, clock: FakeClock
) -> None:
    item = await post_download(app, cards)
    running = await start_download(app)
    update = build_progress(item_id=item.id)
    for _ in range(10):
        app.bus.publish(JobProgressed(item=running, update=update))
        await clock.advance(10)
    assert len(messages.edits) == 1


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        ("none", ["✅ Download complete!"]),
        ("minimal", ["⬇ Downloading", "✅ Download complete!"]),
        ("normal", ALL_EDITS),
        ("verbose", ALL_EDITS),
    ],
)
async def test_the_requester_s_notification_level_decides_which_edits_are_sent(
    app: App,
    cards: CardService,
    messages: FakeCardMessages,
    clock: FakeClock,
    level: str,
    expected: list[str],
    chat_settings: ChatSettingsService,
) -> None:
    await chat_settings.change_user_setting(ADA, "notification_level", level, GUILD)
    item = await post_download(app, cards)
    running = await start_download(app)
    await clock.advance(6)
    for share in (1, 2):
        update = build_progress(item_id=item.id, bytes_downloaded=share * 1000)
        app.bus.publish(JobProgressed(item=running, update=update))
        await clock.advance(6)
    for status in (DownloadStatus.PROCESSING, DownloadStatus.UPLOADING):
        running = await advance_download(app, running, status)
        await clock.advance(6)
    await complete_download(app, running)
    await clock.advance(6)
    assert list_headings(messages) == expected
    assert len(messages.pings) == (level != "none")


async def test_a_pause_is_shown_at_every_notification_level(
    app: App, cards: CardService, messages: FakeCardMessages, clock: FakeClock, chat_settings: ChatSettingsService
) -> None:
    await chat_settings.change_user_setting(ADA, "notification_level", "none", GUILD)
    item = await post_download(app, cards)
    await app.service.pause(item)
    await clock.advance(6)
    await app.service.resume(item)
    await clock.advance(6)
    assert list_headings(messages) == ["⏸ Paused", "🕒 Queued"]


async def test_a_card_tells_when_its_download_moves_up(
    app: App, cards: CardService, messages: FakeCardMessages, clock: FakeClock
) -> None:
    items = [await post_download(app, cards, CARD + number, number) for number in range(3)]
    await clock.advance(20)
    await app.service.cancel(items[0])
    await clock.advance(20)
    second, third = (messages.list_texts(CARD + number)[-1] for number in (1, 2))
    assert "Queue position: 1 of 2" in second
    assert "🚀 About to start." in second
    assert "Queue position: 2 of 2" in third
    assert "⬆ Moved up in the queue." in third


async def test_a_card_names_commands_with_the_prefix_of_its_guild(
    app: App, cards: CardService, messages: FakeCardMessages, clock: FakeClock, chat_settings: ChatSettingsService
) -> None:
    await chat_settings.change_guild_setting(GUILD, "prefix", "b!")
    await post_download(app, cards)
    await fail_download(app, await start_download(app), ErrorType.UNSUPPORTED)
    await clock.advance(6)
    assert "`b!dlh sites` lists what is" in messages.list_texts(CARD)[-1]


async def test_changes_during_the_post_of_a_card_are_shown(
    app: App, cards: CardService, messages: FakeCardMessages, clock: FakeClock
) -> None:
    item = await submit_download(app)
    running = await start_download(app)
    await complete_download(app, running)
    await clock.wait_until_idle()
    await cards.post(item, build_target(CARD))
    await clock.advance(1)
    assert list_headings(messages) == ["✅ Download complete!"]
    assert messages.pings == [f"<@{ADA}> ✅ Download complete!"]
    assert r"File: funny\_cat\_video.mp4" in messages.list_texts(CARD)[0]


async def test_a_thousand_progress_events_are_one_edit(
    app: App, cards: CardService, messages: FakeCardMessages, clock: FakeClock
) -> None:
    await post_download(app, cards)
    running = await start_download(app)
    for number in range(1000):
        app.bus.publish(JobProgressed(item=running, update=build_progress(item_id=running.id, bytes_downloaded=number)))
    await clock.wait_until_idle()
    assert len(messages.edits) == 1


async def test_a_completion_that_is_loaded_and_then_received_is_announced_once(
    app: App, cards: CardService, messages: FakeCardMessages, clock: FakeClock
) -> None:
    item = await submit_download(app)
    done = await complete_download(app, await start_download(app))
    await clock.wait_until_idle()
    await cards.post(item, build_target(CARD))
    await clock.advance(10)
    app.bus.publish(JobCompleted(item=done, files=(build_file(item=done),)))
    await clock.advance(10)
    assert len(messages.pings) == 1
