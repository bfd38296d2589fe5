"""The board when edits fail, cards vanish, the bot restarts, and people come back."""

import asyncio
from unittest import mock

import pytest

from boss_bot_core.app.app import App
from boss_bot_core.bot.cards.message_api import EditResult
from boss_bot_core.bot.cards.model import CardData
from boss_bot_core.bot.cards.service import CardService
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.messages import DeliveryRecord
from tests.bot.cards.doubles import CARD, FakeClock, RememberingSurface, headings, posted, stored, to_message
from tests.bot.cards.factories import CHANNEL, GUILD, NOW
from tests.bot.cards.harness import begun, build_card_service, completed, failed, submitted


@pytest.mark.parametrize(("outcome", "edits"), [(EditResult.LATER, 2), (EditResult.GONE, 1)])
async def test_an_edit_that_failed_is_tried_again_unless_the_card_is_gone(
    app: App, cards: CardService, messages: RememberingSurface, clock: FakeClock, outcome: EditResult, edits: int
) -> None:
    item = await posted(app, cards)
    messages.outcomes = [outcome]
    await begun(app)
    await clock.pass_s(30)
    assert len(messages.edits) == edits
    assert (await stored(app, item) is None) == (outcome is EditResult.GONE)


async def test_without_the_right_to_embed_the_card_becomes_plain_text(
    app: App, cards: CardService, messages: RememberingSurface, clock: FakeClock
) -> None:
    await posted(app, cards)
    messages.outcomes = [EditResult.FORBIDDEN, EditResult.FORBIDDEN]
    await begun(app)
    await clock.pass_s(60)
    assert [edit.card.embed is None for edit in messages.edits] == [False, True, True]


async def test_a_finished_card_that_may_not_be_edited_is_given_up_and_an_outage_is_not(
    app: App, cards: CardService, messages: RememberingSurface, clock: FakeClock
) -> None:
    items = [await posted(app, cards, CARD + number, number) for number in range(2)]
    await clock.pass_s(6)
    messages.refused = {CARD: EditResult.FORBIDDEN, CARD + 1: EditResult.LATER}
    for _ in items:
        await completed(app, await begun(app))
    await clock.pass_s(3600)
    tries = [len(messages.texts(CARD + number)) for number in range(2)]
    assert tries[0] < 15
    assert tries[1] > 50
    assert await stored(app, items[0]) is not None, "the next start tries once more"
    messages.refused.clear()
    await clock.pass_s(60)
    assert headings(messages, CARD + 1)[-1] == "✅ Download complete!"
    assert len(messages.texts(CARD)) == tries[0]


async def test_a_retry_long_after_the_end_is_shown_on_the_old_card(
    app: App, cards: CardService, messages: RememberingSurface, clock: FakeClock
) -> None:
    item = await posted(app, cards)
    running = await begun(app)
    await clock.pass_s(6)
    await failed(app, running)
    await clock.pass_s(6)
    await app.service.retry(item)
    await clock.pass_s(6)
    assert headings(messages) == ["⬇ Downloading", "❌ Download failed", "🕒 Queued"]


async def test_unfinished_cards_are_taken_up_by_the_next_board(
    app: App, messages: RememberingSurface, clock: FakeClock
) -> None:
    first = clock.board = build_card_service(app, messages, clock=clock)
    await first.start()
    await posted(app, first, CARD, 1)
    running = await begun(app)
    await first.close()
    messages.edits.clear()
    await completed(app, running)
    second = clock.board = build_card_service(app, messages, clock=clock)
    await second.start()
    await clock.pass_s(5)
    await second.close()
    assert headings(messages) == ["✅ Download complete!"]
    assert messages.pings == [], "a completion that nobody heard of is not announced later"


async def test_what_ends_while_its_card_is_looked_up_is_shown(
    app: App, cards: CardService, messages: RememberingSurface, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = await submitted(app)
    running, recall = await begun(app), cards._repository.load

    async def recall_and_be_late(item: DownloadItem) -> CardData:
        view = await recall(item)
        monkeypatch.undo()
        await completed(app, running)
        async with asyncio.timeout(5):
            while not messages.pings:
                await asyncio.sleep(0.01)
        return view

    monkeypatch.setattr(cards._repository, "load", recall_and_be_late)
    await cards.post(item, to_message(CARD))
    await clock.pass_s(10)
    assert headings(messages) == ["✅ Download complete!"]
    assert len(messages.pings) == 1


async def test_a_done_card_leads_to_its_files_and_delete_removes_both(
    app: App, cards: CardService, messages: RememberingSurface, clock: FakeClock
) -> None:
    item = await posted(app, cards)
    running = await begun(app)
    delivered = DeliveryRecord(
        item_id=item.id, batch=0, batches=1, nonce="1", channel_id=CHANNEL, message_id=600, created_at=NOW
    )
    async with app.services.database.begin() as tx:
        await tx.deliveries.put(delivered)
    await completed(app, running)
    await clock.pass_s(6)
    assert messages.edits[-1].card.model.jump_url == f"https://discord.com/channels/{GUILD}/{CHANNEL}/600"
    await cards.delete(item.id)
    assert messages.removed == [(CHANNEL, 600), (CHANNEL, CARD)]
    assert await stored(app, item) is None


async def test_a_bug_in_one_card_ends_neither_it_nor_the_others(
    app: App, cards: CardService, messages: RememberingSurface, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await posted(app, cards, CARD, 1)
    await posted(app, cards, CARD + 1, 2)
    await clock.pass_s(6)
    broken = mock.create_autospec(messages.edit, side_effect=[ZeroDivisionError, EditResult.DONE, EditResult.DONE])
    monkeypatch.setattr(messages, "edit", broken)
    for _ in range(2):
        await begun(app)
    await clock.pass_s(60)
    assert sorted({context.args[1] for context in broken.await_args_list}) == [CARD, CARD + 1]
    assert broken.await_count == 3
