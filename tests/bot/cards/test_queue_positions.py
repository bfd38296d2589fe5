"""Cards of downloads that wait: what they are told when hardly anything happens."""

from boss_bot_core.app.app import App
from boss_bot_core.bot.cards.service import CardService
from boss_bot_core.bot.texts import cards as card_texts
from tests.bot.cards.doubles import CARD, FakeClock, RememberingSurface, headings, posted
from tests.bot.cards.harness import begun, completed


async def measured(app: App, cards: CardService, clock: FakeClock) -> None:
    """Let one download end, so that the queue can tell how long they take."""
    await posted(app, cards, CARD + 1, 1)
    await completed(app, await begun(app))
    await clock.pass_s(20)


async def test_who_waits_longer_than_promised_is_told_although_nothing_happens(
    app: App, cards: CardService, messages: RememberingSurface, clock: FakeClock
) -> None:
    await measured(app, cards, clock)
    await posted(app, cards, CARD, 2)
    await clock.pass_s(110)
    assert messages.texts(CARD) == []
    await clock.pass_s(20)
    assert card_texts.DELAYED in messages.texts(CARD)[-1]
    edits = len(messages.texts(CARD))
    await clock.pass_s(600)
    assert len(messages.texts(CARD)) == edits, "the same is not said again"


async def test_without_a_promise_nobody_looks(
    app: App, cards: CardService, messages: RememberingSurface, clock: FakeClock
) -> None:
    await posted(app, cards)
    await clock.pass_s(3600)
    assert messages.edits == []
    assert cards._tracker._scheduler._queue.next_due_at() is None


async def test_a_pause_of_one_s_own_is_no_delay(
    app: App, cards: CardService, messages: RememberingSurface, clock: FakeClock
) -> None:
    await measured(app, cards, clock)
    item = await posted(app, cards, CARD, 2)
    await app.service.pause(item)
    await clock.pass_s(600)
    await app.service.resume(item)
    await clock.pass_s(10)
    assert headings(messages) == ["⏸ Paused", "🕒 Queued"]
    assert card_texts.DELAYED not in messages.texts(CARD)[-1]
