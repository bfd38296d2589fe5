"""The core services: database, storage, queue and access. They load no engine and take no dispatcher lock."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from uuid import uuid4

import attrs

from boss_bot_core.access import AccessService, OperatorLimits, read_is_premium
from boss_bot_core.app.disk import build_space, open_database
from boss_bot_core.app.start_errors import translate_start_errors
from boss_bot_core.chat_settings.service import ChatSettingsService
from boss_bot_core.database import Database
from boss_bot_core.pipeline.space import SpaceService
from boss_bot_core.queue import DownloadQueue, QueueLimits
from boss_bot_core.queue.notifier import QueueNotifier
from boss_bot_core.settings import Settings
from boss_bot_core.storage import Quota, Retention, Storage, StorageLayout


@attrs.frozen(kw_only=True)
class CoreServices:
    """The open services that commands beside a running dispatcher use as well.

    Attributes:
        settings: The settings that all services are built from.
        storage: The files on disk.
        database: The open database.
        notifier: Wakes the dispatcher, in this process or in another one.
        access: Decides who may download how much; the queue takes its running limits from it.
        chat_settings: Changes the settings of users and guilds.
        queue: The queue.
        space: The room of the downloads, and the daily quota of guilds.
    """

    settings: Settings
    storage: Storage
    database: Database
    notifier: QueueNotifier
    access: AccessService
    chat_settings: ChatSettingsService
    queue: DownloadQueue
    space: SpaceService


@asynccontextmanager
async def open_services(settings: Settings) -> AsyncIterator[CoreServices]:
    """Open the services, and close them at the end of the block.

    Raises:
        SettingsError: The folders cannot be made or entered.
        DatabaseError: The database cannot be used.
    """
    folders = settings.storage.folders
    layout = StorageLayout(folders.data, folders.cache)
    storage = Storage(layout=layout, quota=_quota(settings), retention=_retention(settings))
    limits = QueueLimits(
        max_running=settings.queue.max_concurrent_downloads,
        max_running_per_user=settings.queue.max_downloads_per_user,
        max_waiting=settings.queue.max_queue_size,
    )
    async with AsyncExitStack() as stack:
        with translate_start_errors(folders.data):
            await storage.prepare()
            machine = await asyncio.to_thread(_read_machine_id, (locks := storage.layout.locks) / "machine-id")
            database = await stack.enter_async_context(open_database(settings.storage.effective_database_url, storage))
            notifier = await stack.enter_async_context(QueueNotifier(locks, is_shared=database.is_shared))
        prefix, notify = settings.bot.command_prefix, notifier.notify
        access = await AccessService.open(database, _operator_limits(settings), command_prefix=prefix, on_change=notify)
        space, limits_now = build_space(settings, database, storage, notify), partial(access.queue_limits, limits)
        queue = DownloadQueue(database, limits_now, notify=notify, machine=machine, judge_room=space.judge)
        yield CoreServices(
            settings=settings,
            storage=attrs.evolve(storage, is_premium_guild=partial(read_is_premium, database)),
            database=database,
            notifier=notifier,
            access=access,
            chat_settings=ChatSettingsService(database, access),
            queue=queue,
            space=space,
        )


def _read_machine_id(path: Path) -> str:
    # A symbolic link gets its content when it is created: no other process can read a part of it.
    with suppress(FileExistsError):
        path.symlink_to(uuid4().hex)
    return path.readlink().name


def _operator_limits(settings: Settings) -> OperatorLimits:
    return OperatorLimits(
        max_file_size_bytes=settings.download.max_file_size_bytes,
        max_running_per_user=settings.queue.max_downloads_per_user,
        downloads_per_day=settings.queue.max_downloads_per_day,
    )


def _quota(settings: Settings) -> Quota:
    limits = settings.storage
    return Quota(
        temp_bytes=limits.temp_storage_bytes,
        guild_daily_bytes=limits.guild_daily_bytes,
        min_free_bytes=limits.min_free_disk_bytes,
    )


def _retention(settings: Settings) -> Retention:
    limits = settings.storage
    return Retention(
        delivered=timedelta(hours=limits.temp_file_retention_hours),
        premium=timedelta(hours=limits.premium_retention_hours),
        retryable=timedelta(hours=limits.failed_retention_hours),
        ended=timedelta(seconds=limits.failed_temp_retention_s),
        abandoned=timedelta(seconds=limits.abandoned_temp_retention_s),
    )
