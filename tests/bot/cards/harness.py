"""A real queue without a dispatcher: the test does what a runner would."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import attrs

from boss_bot_core.app.app import App, open_app
from boss_bot_core.app.background import LOCK_NAME
from boss_bot_core.bot.cards.edit_scheduler import Clock
from boss_bot_core.bot.cards.edit_timing import EditLimits
from boss_bot_core.bot.cards.message_api import CardMessages
from boss_bot_core.bot.cards.repository import CardRepository
from boss_bot_core.bot.cards.service import CardService
from boss_bot_core.domain.clock import utc_now
from boss_bot_core.domain.errors import DownloadError, ErrorType
from boss_bot_core.domain.events import JobCompleted, JobFailed, JobStatusChanged
from boss_bot_core.domain.items import DownloadItem, NewDownload
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.queue.dispatcher_lock import DispatcherLock
from boss_bot_core.settings import Settings, StorageSettings
from boss_bot_core.settings.discord import ControlKind, DiscordSettings
from boss_bot_core.storage import StorageLayout
from tests.bot.cards.factories import a_file, an_item


def build_card_service(
    app: App, messages: CardMessages, *, clock: Clock | None = None, limits: EditLimits | None = None
) -> CardService:
    """Return a card service over the parts of `app`."""
    services = app.services
    repository = CardRepository(app.service, services.database)
    return CardService(repository, messages, services.access, app.bus, services.settings, clock=clock, limits=limits)


@asynccontextmanager
async def an_app(folder: Path, controls: ControlKind = "buttons") -> AsyncIterator[App]:
    """Real queue, database, bus and service, and nobody who dispatches: the test is the runner."""
    settings = Settings(storage=StorageSettings(data_dir=folder), discord=DiscordSettings(controls=controls))
    folders = settings.storage.folders
    locks = StorageLayout(folders.data, folders.cache).locks
    locks.mkdir(parents=True, exist_ok=True)
    # Beside another dispatcher, an app dispatches nothing.
    with DispatcherLock(locks / LOCK_NAME):
        async with open_app(settings) as app:
            yield app


async def submitted(app: App, number: int = 1, **changes: object) -> DownloadItem:
    """Put a download into the queue."""
    known = attrs.asdict(an_item(**changes), recurse=False)
    names = {field.name for field in attrs.fields(NewDownload)}
    new = NewDownload(**{name: value for name, value in known.items() if name in names})
    return await app.services.queue.submit(attrs.evolve(new, media_key=f"twitter:{number}"))


async def begun(app: App) -> DownloadItem:
    """Claim the next download, as the dispatcher does."""
    item = await app.services.queue.claim_next()
    assert item is not None
    app.bus.publish(JobStatusChanged(item=item))
    return item


async def advanced(app: App, item: DownloadItem, status: DownloadStatus) -> DownloadItem:
    """Take a running download to its next stage, as the runner does."""
    item = await app.services.queue.claims.advance(item, status)
    app.bus.publish(JobStatusChanged(item=item))
    return item


async def completed(app: App, item: DownloadItem) -> DownloadItem:
    """Take a running download to its end; of the stages on the way nobody is told."""
    if item.status is DownloadStatus.DOWNLOADING:
        for status in (DownloadStatus.PROCESSING, DownloadStatus.UPLOADING):
            item = await app.services.queue.claims.advance(item, status)
    files = (a_file(item=item),)
    item = await app.services.queue.claims.complete(item, files)
    app.bus.publish(JobStatusChanged(item=item))
    app.bus.publish(JobCompleted(item=item, files=files))
    return item


async def failed(app: App, item: DownloadItem, error_type: ErrorType = ErrorType.NETWORK) -> DownloadItem:
    """End a running download without its files."""
    error = DownloadError(item_id=item.id, error_type=error_type, message="It broke.", timestamp=utc_now())
    item = await app.services.queue.claims.fail(item, error)
    app.bus.publish(JobStatusChanged(item=item))
    app.bus.publish(JobFailed(item=item, error=error))
    return item
