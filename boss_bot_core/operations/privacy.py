"""The privacy service: tells what is kept of a user, and deletes it, for the bot and for the operator's commands."""

import asyncio
import time
from collections.abc import Awaitable, Callable

import attrs

from boss_bot_core.database import Database
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.domain.privacy import DataOwner, DeletionReport, KeptData
from boss_bot_core.operations.cleanup.lock import hold_cleanup_lock
from boss_bot_core.operations.erasure import DataEraser
from boss_bot_core.queue import UnknownItemError
from boss_bot_core.storage import StorageLayout

STOP_PATIENCE_S = 60.0
"""How long a deletion waits for running downloads to stop; a worker is killed within seconds."""

_LOCK_PATIENCE_S = 60.0
_POLL_S = 0.1

CancelDownload = Callable[[DownloadItem], Awaitable[object]]


class PrivacyService:
    """Counts and deletes the data of users.

    Args:
        database: The rows.
        layout: The data folder.
        eraser: Erases rows, folders and log lines.
        cancel: Cancels a download.
        on_deleted: Called with the downloads that were erased, so that nothing of them stays cached.
    """

    def __init__(
        self,
        database: Database,
        layout: StorageLayout,
        eraser: DataEraser,
        cancel: CancelDownload,
        on_deleted: Callable[[list[DownloadItem]], Awaitable[None]],
    ) -> None:
        self._database = database
        self._layout = layout
        self._eraser = eraser
        self._cancel = cancel
        self._on_deleted = on_deleted

    async def read(self, user_id: int) -> KeptData:
        """Return the numbers of what is kept of the user."""
        async with self._database.connect() as tx:
            return await tx.kept_data.count(DataOwner(kind="user", id=user_id))

    async def delete(self, user_id: int, *, nothing_runs: bool = False) -> DeletionReport:
        """Cancel the user's downloads, delete everything that is kept of the user, and return what it was.

        Args:
            user_id: The user.
            nothing_runs: Whether no process runs downloads, whatever their rows say.

        Raises:
            CleanupRunningError: A clean-up holds the data folder for too long; nothing is deleted then.
            DatabaseError: The database fails; nothing is deleted then.
        """
        owner = DataOwner(kind="user", id=user_id)
        cancelled = await self._stop_downloads(owner, wait=not nothing_runs)
        async with hold_cleanup_lock(self._layout, patience_s=_LOCK_PATIENCE_S):
            report, erased = await self._eraser.erase(owner, running_too=nothing_runs)
        await self._on_deleted(erased)
        return attrs.evolve(report, cancelled=cancelled)

    async def _stop_downloads(self, owner: DataOwner, *, wait: bool) -> int:
        unfinished = [item for item in await self._list_items(owner) if not item.is_finished]
        for item in unfinished:
            try:
                await self._cancel(item)
            except UnknownItemError:
                continue  # another deletion was quicker
        give_up_at = time.monotonic() + STOP_PATIENCE_S
        while wait and any(item.is_running for item in await self._list_items(owner)):
            if time.monotonic() >= give_up_at:
                break
            await asyncio.sleep(_POLL_S)
        return len(unfinished)

    async def _list_items(self, owner: DataOwner) -> list[DownloadItem]:
        async with self._database.connect() as tx:
            return await tx.kept_data.list_items(owner)
