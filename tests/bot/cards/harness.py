"""Opens an app without a dispatcher, and changes its downloads as a runner would."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import attrs
import discord

from boss_bot_core.app.app import App, open_app
from boss_bot_core.app.disk import LOCK_NAME
from boss_bot_core.bot.cards.edit_scheduler import Clock
from boss_bot_core.bot.cards.edit_timing import EditLimits
from boss_bot_core.bot.cards.message_api import CardMessages
from boss_bot_core.bot.cards.repository import CardRepository
from boss_bot_core.bot.cards.service import CardService
from boss_bot_core.bot.language_choice import LanguageChoice
from boss_bot_core.domain.clock import utc_now
from boss_bot_core.domain.errors import DownloadError, ErrorType
from boss_bot_core.domain.events import JobCompleted, JobFailed, JobStatusChanged
from boss_bot_core.domain.items import DownloadItem, NewDownload
from boss_bot_core.domain.status import DownloadStatus
from boss_bot_core.queue.dispatcher_lock import DispatcherLock
from boss_bot_core.settings import Settings, StorageSettings
from boss_bot_core.settings.discord import ControlKind, DiscordSettings
from boss_bot_core.storage import StorageLayout
from tests.bot.cards.factories import build_file, build_item


def build_card_service(
    app: App, messages: CardMessages, *, clock: Clock | None = None, limits: EditLimits | None = None
) -> CardService:
    """Return a card service over the parts of `app`."""
    services = app.services
    repository = CardRepository(app.service, services.database)
    languages = LanguageChoice(discord.Client(intents=discord.Intents.default()), services.access.languages)
    controls = services.settings.discord.controls
    return CardService(repository, messages, services.access, languages, app.bus, controls, clock=clock, limits=limits)


@asynccontextmanager
async def open_test_app(folder: Path, controls: ControlKind = "buttons") -> AsyncIterator[App]:
    """Open an app with real queue, database, bus and service, but without a dispatcher."""
    settings = Settings(storage=StorageSettings(data_dir=folder), discord=DiscordSettings(controls=controls))
    folders = settings.storage.folders
    locks = StorageLayout(folders.data, folders.cache).locks
    locks.mkdir(parents=True, exist_ok=True)
    # An app does not dispatch while another process holds the dispatcher's lock.
    with DispatcherLock(locks / LOCK_NAME):
        async with open_app(settings) as app:
            yield app


async def submit_download(app: App, number: int = 1, **changes: object) -> DownloadItem:
    """Put a download into the queue and return it."""
    values = attrs.asdict(build_item(**changes), recurse=False)
    names = {field.name for field in attrs.fields(NewDownload)}
    new = NewDownload(**{name: value for name, value in values.items() if name in names})
    return await app.services.queue.submit(attrs.evolve(new, media_key=f"twitter:{number}"))


async def start_download(app: App) -> DownloadItem:
    """Claim the next download, as the dispatcher does, and publish the event."""
    item = await app.services.queue.claim_next()
    assert item is not None
    app.bus.publish(JobStatusChanged(item=item))
    return item


async def advance_download(app: App, item: DownloadItem, status: DownloadStatus) -> DownloadItem:
    """Move a running download to its next stage, as the runner does, and publish the event."""
    item = await app.services.queue.claims.advance(item, status)
    app.bus.publish(JobStatusChanged(item=item))
    return item


async def complete_download(app: App, item: DownloadItem) -> DownloadItem:
    """Complete a running download; no events are published for the stages before the last."""
    if item.status is DownloadStatus.DOWNLOADING:
        for status in (DownloadStatus.PROCESSING, DownloadStatus.UPLOADING):
            item = await app.services.queue.claims.advance(item, status)
    files = (build_file(item=item),)
    item = await app.services.queue.claims.complete(item, files)
    app.bus.publish(JobStatusChanged(item=item))
    app.bus.publish(JobCompleted(item=item, files=files))
    return item


async def fail_download(app: App, item: DownloadItem, error_type: ErrorType = ErrorType.NETWORK) -> DownloadItem:
    """Let a running download fail, and publish the events."""
    error = DownloadError(item_id=item.id, error_type=error_type, message="It broke.", timestamp=utc_now())
    item = await app.services.queue.claims.fail(item, error)
    app.bus.publish(JobStatusChanged(item=item))
    app.bus.publish(JobFailed(item=item, error=error))
    return item
