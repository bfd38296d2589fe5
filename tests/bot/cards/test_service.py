"""The board over a real queue, with time in the test's hands."""

from itertools import pairwise

import pytest

from boss_bot_core.access import AccessService
from boss_bot_core.app.app import App
from boss_bot_core.bot.cards.service import CardService
from boss_bot_core.chat_settings.service import ChatSettingsService
from boss_bot_core.domain.events import JobCompleted, JobProgressed
from boss_bot_core.domain.status import DownloadStatus
from tests.bot.cards.doubles import CARD, FakeClock, RememberingSurface, headings, posted, stored, to_message
from tests.bot.cards.factories import ADA, CHANNEL, GUILD, a_file, an_update
from tests.bot.cards.harness import advanced, begun, completed, submitted

EVERYTHING = [*["⬇ Downloading"] * 3, "⚙ Processing", "⬆ Uploading", "✅ Download complete!"]


async def test_a_card_is_posted_then_edited_to_the_end(
    app: App, cards: CardService, messages: RememberingSurface, clock: FakeClock
) -> None:
    item = await posted(app, cards)
    record = await stored(app, item)
    assert record is not None
    assert (record.channel_id, record.message_id, record.kind) == (CHANNEL, CARD, "message")
    running = await begun(app)
    await clock.pass_s(1)
    app.bus.publish(JobProgressed(item=running, update=an_update(item_id=item.id)))
    await clock.pass_s(10)
    await completed(app, running)
    await clock.pass_s(10)
    assert headings(messages) == ["⬇ Downloading", "⬇ Downloading", "✅ Download complete!"]
    times = [edit.at for edit in messages.edits]
    assert all(after - before >= 5 for before, after in pairwise(times))
    assert messages.pings == [f"<@{ADA}> ✅ Download complete!"]
    assert await stored(app, item) is not None


async def test_unchanged_text_is_never_sent(
    app: App, cards: CardService, messages: RememberingSurface, clock: FakeClock
) -> None:
    item = await posted(app, cards)
    running = await begun(app)
    update = an_update(item_id=item.id)
    for _ in range(10):
        app.bus.publish(JobProgressed(item=running, update=update))
        await clock.pass_s(10)
    assert len(messages.edits) == 1


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        ("none", ["✅ Download complete!"]),
        ("minimal", ["⬇ Downloading", "✅ Download complete!"]),
        ("normal", EVERYTHING),
        ("verbose", EVERYTHING),
    ],
)
async def test_the_requester_s_level_decides_what_is_shown(
    app: App,
    cards: CardService,
    messages: RememberingSurface,
    clock: FakeClock,
    access: AccessService,
    level: str,
    expected: list[str],
    chat_settings: ChatSettingsService,
) -> None:
    await chat_settings.change_user_setting(ADA, "notification_level", level, GUILD)
    item = await posted(app, cards)
    running = await begun(app)
    await clock.pass_s(6)
    for share in (1, 2):
        update = an_update(item_id=item.id, bytes_downloaded=share * 1000)
        app.bus.publish(JobProgressed(item=running, update=update))
        await clock.pass_s(6)
    for status in (DownloadStatus.PROCESSING, DownloadStatus.UPLOADING):
        running = await advanced(app, running, status)
        await clock.pass_s(6)
    await completed(app, running)
    await clock.pass_s(6)
    assert headings(messages) == expected
    assert len(messages.pings) == (level != "none")


async def test_a_pause_is_shown_at_every_level(
    app: App, cards: CardService, messages: RememberingSurface, clock: FakeClock, chat_settings: ChatSettingsService
) -> None:
    await chat_settings.change_user_setting(ADA, "notification_level", "none", GUILD)
    item = await posted(app, cards)
    await app.service.pause(item)
    await clock.pass_s(6)
    await app.service.resume(item)
    await clock.pass_s(6)
    assert headings(messages) == ["⏸ Paused", "🕒 Queued"]


async def test_who_moves_up_is_told(
    app: App, cards: CardService, messages: RememberingSurface, clock: FakeClock
) -> None:
    items = [await posted(app, cards, CARD + number, number) for number in range(3)]
    await clock.pass_s(20)
    await app.service.cancel(items[0])
    await clock.pass_s(20)
    second, third = (messages.texts(CARD + number)[-1] for number in (1, 2))
    assert "Queue position: 1 of 2" in second
    assert "🚀 About to start." in second
    assert "Queue position: 2 of 2" in third
    assert "⬆ Moved up in the queue." in third


async def test_what_happened_while_the_card_was_on_its_way_is_shown(
    app: App, cards: CardService, messages: RememberingSurface, clock: FakeClock
) -> None:
    item = await submitted(app)
    destination = to_message(CARD)
    running = await begun(app)
    await completed(app, running)
    await clock.rest()
    await cards.post(item, destination)
    await clock.pass_s(1)
    assert headings(messages) == ["✅ Download complete!"]
    assert messages.pings == [f"<@{ADA}> ✅ Download complete!"]
    assert r"File: funny\_cat\_video.mp4" in messages.texts(CARD)[0]


async def test_a_thousand_reports_are_one_edit(
    app: App, cards: CardService, messages: RememberingSurface, clock: FakeClock
) -> None:
    await posted(app, cards)
    running = await begun(app)
    for number in range(1000):
        app.bus.publish(JobProgressed(item=running, update=an_update(item_id=running.id, bytes_downloaded=number)))
    await clock.rest()
    assert len(messages.edits) == 1


async def test_a_completion_that_was_read_and_then_heard_of_is_told_once(
    app: App, cards: CardService, messages: RememberingSurface, clock: FakeClock
) -> None:
    item = await submitted(app)
    done = await completed(app, await begun(app))
    await clock.rest()
    await cards.post(item, to_message(CARD))
    await clock.pass_s(10)
    app.bus.publish(JobCompleted(item=done, files=(a_file(item=done),)))
    await clock.pass_s(10)
    assert len(messages.pings) == 1
