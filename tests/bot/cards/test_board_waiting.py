"""Cards of downloads that wait: what they are told when hardly anything happens."""

from boss_bot_core.app.app import App
from boss_bot_core.bot.cards.service import CardService
from boss_bot_core.bot.texts import cards as card_texts
from tests.bot.cards.desk import begun, completed
from tests.bot.cards.stage import CARD, FakeClock, RememberingSurface, headings, posted


async def measured(app: App, board: CardService, clock: FakeClock) -> None:
    """Let one download end, so that the queue can tell how long they take."""
    await posted(app, board, CARD + 1, 1)
    await completed(app, await begun(app))
    await clock.pass_s(20)


async def test_who_waits_longer_than_promised_is_told_although_nothing_happens(
    app: App, board: CardService, surface: RememberingSurface, clock: FakeClock
) -> None:
    await measured(app, board, clock)
    await posted(app, board, CARD, 2)
    await clock.pass_s(110)
    assert surface.texts(CARD) == []
    await clock.pass_s(20)
    assert card_texts.DELAYED in surface.texts(CARD)[-1]
    edits = len(surface.texts(CARD))
    await clock.pass_s(600)
    assert len(surface.texts(CARD)) == edits, "the same is not said again"


async def test_without_a_promise_nobody_looks(
    app: App, board: CardService, surface: RememberingSurface, clock: FakeClock
) -> None:
    await posted(app, board)
    await clock.pass_s(3600)
    assert surface.edits == []
    assert board._keeper._editor._pacer.next_due_at() is None


async def test_a_pause_of_one_s_own_is_no_delay(
    app: App, board: CardService, surface: RememberingSurface, clock: FakeClock
) -> None:
    await measured(app, board, clock)
    item = await posted(app, board, CARD, 2)
    await app.service.pause(item)
    await clock.pass_s(600)
    await app.service.resume(item)
    await clock.pass_s(10)
    assert headings(surface) == ["⏸ Paused", "🕒 Queued"]
    assert card_texts.DELAYED not in surface.texts(CARD)[-1]
