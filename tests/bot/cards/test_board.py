"""The board over a real queue, with time in the test's hands."""

from boss_bot_core.app.app import App
from boss_bot_core.bot.cards.board import CardBoard
from boss_bot_core.domain.events import JobCompleted, JobProgressed, JobStatusChanged
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.status import DownloadStatus
from tests.bot.cards.making import (
    ADA,
    CHANNEL,
    FakeClock,
    RememberingSurface,
    a_file,
    an_update,
    submitted,
    to_message,
)

CARD = 500


async def _begun(app: App) -> DownloadItem:
    item = await app.desk.queue.claim_next()
    assert item is not None
    app.bus.publish(JobStatusChanged(item=item))
    return item


async def _completed(app: App, item: DownloadItem) -> DownloadItem:
    runs = app.desk.queue.runs
    item = await runs.advance(await runs.advance(item, DownloadStatus.PROCESSING), DownloadStatus.UPLOADING)
    files = (a_file(item=item),)
    item = await runs.complete(item, files)
    app.bus.publish(JobStatusChanged(item=item))
    app.bus.publish(JobCompleted(item=item, files=files))
    return item


async def test_a_card_is_posted_then_edited_to_the_end(
    app: App, board: CardBoard, surface: RememberingSurface, clock: FakeClock
) -> None:
    item = await submitted(app)
    record = await board.post(item, to_message(CARD))
    assert (record.channel_id, record.message_id) == (CHANNEL, CARD)
    begun = await _begun(app)
    await clock.pass_s(1)
    app.bus.publish(JobProgressed(item=begun, update=an_update(item_id=item.id)))
    await clock.pass_s(10)
    await _completed(app, begun)
    await clock.pass_s(10)
    headings = [text.splitlines()[0] for text in surface.texts(CARD)]
    assert headings == [
        "⬇ Downloading · x.com",
        "⬇ Downloading · x.com · 3 files",
        "✅ Download complete! · x.com",
    ]
    assert surface.edits[1].at - surface.edits[0].at >= 5
    assert surface.pings == [f"<@{ADA}> ✅ Download complete!"]
