"""The card service when edits fail, cards are deleted, the bot restarts, and downloads are retried."""

import asyncio
from unittest import mock

import pytest

from boss_bot_core.app.app import App
from boss_bot_core.bot.cards.message_api import EditResult
from boss_bot_core.bot.cards.model import CardData
from boss_bot_core.bot.cards.service import CardService
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.messages import DeliveryRecord
from tests.bot.cards.doubles import (
    CARD,
    FakeCardMessages,
    FakeClock,
    build_target,
    find_card_record,
    list_headings,
    post_download,
)
from tests.bot.cards.factories import ADA, CHANNEL, GUILD, NOW
from tests.bot.cards.harness import (
    build_card_service,
    complete_download,
    fail_download,
    start_download,
    submit_download,
)


@pytest.mark.parametrize(("outcome", "edits"), [(EditResult.LATER, 2), (EditResult.GONE, 1)])
async def test_a_failed_edit_is_repeated_unless_the_card_is_gone(
    app: App, cards: CardService, messages: FakeCardMessages, clock: FakeClock, outcome: EditResult, edits: int
) -> None:
    item = await post_download(app, cards)
    messages.next_results = [outcome]
    await start_download(app)
    await clock.advance(30)
    assert len(messages.edits) == edits
    assert (await find_card_record(app, item) is None) == (outcome is EditResult.GONE)


async def test_a_card_without_the_permission_to_embed_becomes_plain_text(
    app: App, cards: CardService, messages: FakeCardMessages, clock: FakeClock
) -> None:
    await post_download(app, cards)
    messages.next_results = [EditResult.FORBIDDEN, EditResult.FORBIDDEN]
    await start_download(app)
    await clock.advance(60)
    assert [edit.card.embed is None for edit in messages.edits] == [False, True, True]


async def test_a_finished_card_is_given_up_after_refusals_but_not_during_an_outage(
    app: App, cards: CardService, messages: FakeCardMessages, clock: FakeClock
) -> None:
    items = [await post_download(app, cards, CARD + number, number) for number in range(2)]
    await clock.advance(6)
    messages.results = {CARD: EditResult.FORBIDDEN, CARD + 1: EditResult.LATER}
    for _ in items:
        await complete_download(app, await start_download(app))
    await clock.advance(3600)
    edits = [len(messages.list_texts(CARD + number)) for number in range(2)]
    assert edits[0] < 15
    assert edits[1] > 50
    assert await find_card_record(app, items[0]) is not None, "the next start tries again"
    messages.results.clear()
    await clock.advance(60)
    assert list_headings(messages, CARD + 1)[-1] == "✅ Download complete!"
    assert len(messages.list_texts(CARD)) == edits[0]


@pytest.mark.parametrize("result", [EditResult.CLOSED, EditResult.GONE, EditResult.FORBIDDEN])
async def test_a_failure_that_no_card_can_show_is_told_once_by_direct_message(
    app: App, cards: CardService, messages: FakeCardMessages, clock: FakeClock, result: EditResult
) -> None:
    item = await post_download(app, cards)
    messages.results = {CARD: result}
    running = await start_download(app)
    await clock.advance(60)
    assert messages.direct == []
    await fail_download(app, running)
    await clock.advance(1200)
    ((user_id, text),) = messages.direct
    assert user_id == ADA
    assert text.startswith(
        f"❌ Download failed · x.com · #{item.short_id} · <#{CHANNEL}>\n🔌 I couldn't reach `x.com`."
    )


async def test_a_failure_without_a_card_is_told_whichever_comes_first(
    app: App, cards: CardService, messages: FakeCardMessages, clock: FakeClock
) -> None:
    for number in range(2):
        item = await submit_download(app, number)
        if number == 0:
            await cards.notices.note_lost_card(item.id)
        await fail_download(app, await start_download(app))
        await clock.advance(1)
        if number == 1:
            await cards.notices.note_lost_card(item.id)
        assert [item.short_id in text for _, text in messages.direct] == [False] * number + [True]


async def test_a_completed_download_needs_no_direct_message(
    app: App, cards: CardService, messages: FakeCardMessages, clock: FakeClock
) -> None:
    await post_download(app, cards)
    messages.results = {CARD: EditResult.CLOSED}
    await complete_download(app, await start_download(app))
    await clock.advance(1200)
    assert messages.direct == []
    assert len(messages.edits) <= 2, "a card in a closed thread is left once the download has ended"


async def test_a_retry_of_a_finished_download_is_shown_on_its_old_card(
    app: App, cards: CardService, messages: FakeCardMessages, clock: FakeClock
) -> None:
    item = await post_download(app, cards)
    running = await start_download(app)
    await clock.advance(6)
    await fail_download(app, running)
    await clock.advance(6)
    await app.service.retry(item)
    await clock.advance(6)
    assert list_headings(messages) == ["⬇ Downloading", "❌ Download failed", "🕒 Queued"]


async def test_unfinished_cards_are_tracked_after_a_restart(
    app: App, messages: FakeCardMessages, clock: FakeClock
) -> None:
    first = clock.cards = build_card_service(app, messages, clock=clock)
    await first.start()
    await post_download(app, first, CARD, 1)
    running = await start_download(app)
    await first.close()
    messages.edits.clear()
    await complete_download(app, running)
    second = clock.cards = build_card_service(app, messages, clock=clock)
    await second.start()
    await clock.advance(5)
    await second.close()
    assert list_headings(messages) == ["✅ Download complete!"]
    assert messages.pings == [], "a completion during the downtime is not announced later"


async def test_a_completion_during_the_load_of_a_card_is_shown(
    app: App, cards: CardService, messages: FakeCardMessages, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = await submit_download(app)
    running, load = await start_download(app), cards._repository.load

    async def load_late(item: DownloadItem) -> CardData:
        data = await load(item)
        monkeypatch.undo()
        await complete_download(app, running)
        async with asyncio.timeout(30):
            while not messages.pings:
                await asyncio.sleep(0.01)
        return data

    monkeypatch.setattr(cards._repository, "load", load_late)
    await cards.post(item, build_target(CARD))
    await clock.advance(10)
    assert list_headings(messages) == ["✅ Download complete!"]
    assert len(messages.pings) == 1


async def test_a_completed_card_links_to_its_files_and_delete_removes_both(
    app: App, cards: CardService, messages: FakeCardMessages, clock: FakeClock
) -> None:
    item = await post_download(app, cards)
    running = await start_download(app)
    delivered = DeliveryRecord(
        item_id=item.id, batch=0, batches=1, nonce="1", channel_id=CHANNEL, message_id=600, created_at=NOW
    )
    async with app.services.database.begin() as tx:
        await tx.deliveries.put(delivered)
    await complete_download(app, running)
    await clock.advance(6)
    assert messages.edits[-1].card.model.jump_url == f"https://discord.com/channels/{GUILD}/{CHANNEL}/600"
    await cards.delete(item.id)
    assert messages.deleted == [(CHANNEL, 600), (CHANNEL, CARD)]
    assert await find_card_record(app, item) is None


async def test_an_error_with_one_card_ends_neither_it_nor_the_others(
    app: App, cards: CardService, messages: FakeCardMessages, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await post_download(app, cards, CARD, 1)
    await post_download(app, cards, CARD + 1, 2)
    await clock.advance(6)
    broken = mock.create_autospec(messages.edit, side_effect=[ZeroDivisionError, EditResult.DONE, EditResult.DONE])
    monkeypatch.setattr(messages, "edit", broken)
    for _ in range(2):
        await start_download(app)
    await clock.advance(60)
    assert sorted({context.args[1] for context in broken.await_args_list}) == [CARD, CARD + 1]
    assert broken.await_count == 3
