"""The cards of waiting downloads: positions, estimated starts and notices."""

from boss_bot_core.app.app import App
from boss_bot_core.bot.cards.service import CardService
from boss_bot_core.bot.texts import cards as card_texts
from tests.bot.cards.doubles import CARD, FakeCardMessages, FakeClock, list_headings, post_download
from tests.bot.cards.harness import complete_download, start_download


async def complete_one_download(app: App, cards: CardService, clock: FakeClock) -> None:
    """Complete one download, so that the queue can estimate how long downloads take."""
    await post_download(app, cards, CARD + 1, 1)
    await complete_download(app, await start_download(app))
    await clock.advance(20)


async def test_a_delayed_download_is_announced_without_any_event(
    app: App, cards: CardService, messages: FakeCardMessages, clock: FakeClock
) -> None:
    await complete_one_download(app, cards, clock)
    await post_download(app, cards, CARD, 2)
    await clock.advance(110)
    assert messages.list_texts(CARD) == []
    await clock.advance(20)
    assert str(card_texts.DELAYED) in messages.list_texts(CARD)[-1]
    edits = len(messages.list_texts(CARD))
    await clock.advance(600)
    assert len(messages.list_texts(CARD)) == edits, "the card is not edited again for the same notice"


async def test_a_card_without_an_estimated_start_is_not_refreshed(
    app: App, cards: CardService, messages: FakeCardMessages, clock: FakeClock
) -> None:
    await post_download(app, cards)
    await clock.advance(3600)
    assert messages.edits == []
    assert cards._tracker._scheduler._queue.next_due_at() is None


async def test_a_pause_is_not_announced_as_a_delay(
    app: App, cards: CardService, messages: FakeCardMessages, clock: FakeClock
) -> None:
    await complete_one_download(app, cards, clock)
    item = await post_download(app, cards, CARD, 2)
    await app.service.pause(item)
    await clock.advance(600)
    await app.service.resume(item)
    await clock.advance(10)
    assert list_headings(messages) == ["⏸ Paused", "🕒 Queued"]
    assert str(card_texts.DELAYED) not in messages.list_texts(CARD)[-1]
