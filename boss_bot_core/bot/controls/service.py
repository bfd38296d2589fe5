"""Performs the control actions of buttons, reactions and commands, and answers every one of them."""

from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from uuid import UUID

from loguru import logger

from boss_bot_core.access import AccessService
from boss_bot_core.bot.cards.service import CardService
from boss_bot_core.bot.context.invoker import Invoker, IsOwner
from boss_bot_core.bot.controls.actions import ControlAction, can_act
from boss_bot_core.bot.texts import controls as control_texts
from boss_bot_core.bot.texts.controls import ControlReply
from boss_bot_core.domain.items import SHORT_ID_LENGTH, DownloadItem
from boss_bot_core.domain.link import FitChoice
from boss_bot_core.errors import DownloadFailedError
from boss_bot_core.pipeline.service import DownloadService
from boss_bot_core.queue import ControlOutcome, ControlResult, UnknownItemError

GuildUploadLimit = Callable[[int], Awaitable[int]]
"""Returns the upload limit of the guild with this id, in bytes."""


class ControlService:
    """Performs control actions.

    Args:
        downloads: Finds and controls downloads.
        access: Decides whether a retry is allowed.
        cards: Shows details and deletes messages.
        is_owner: Tells the bot's owner from others.
        guild_upload_limit: Reads the current upload limit of a download's guild, which a boost may have raised.
    """

    def __init__(
        self,
        downloads: DownloadService,
        access: AccessService,
        cards: CardService,
        is_owner: IsOwner,
        guild_upload_limit: GuildUploadLimit,
    ) -> None:
        self._downloads = downloads
        self._access = access
        self._cards = cards
        self._is_owner = is_owner
        self._guild_upload_limit = guild_upload_limit

    async def perform(self, action: ControlAction, item_id: UUID, invoker: Invoker) -> ControlReply:
        """Perform `action` if `invoker` may, and return the answer. Actions are idempotent. Never raises."""
        try:
            item = await self._downloads.get(item_id)
            if await self._can_act(action, item, invoker):
                return await self._act(action, item, invoker)
        except UnknownItemError:
            return control_texts.UNKNOWN
        except DownloadFailedError as error:
            return control_texts.refused_reply(error)
        except Exception:  # noqa: BLE001 - every press of a button gets an answer
            logger.exception(f"A control of {item_id.hex} broke.")
            return control_texts.internal_error_reply(item_id.hex[:SHORT_ID_LENGTH])
        # Users in other guilds learn nothing about the download, not even its requester.
        is_here = can_act(ControlAction.DETAILS, item, invoker, is_owner=False)
        return control_texts.foreign_download_reply(item) if is_here else control_texts.UNKNOWN

    async def cancel_all(self, item_ids: Iterable[UUID], invoker: Invoker) -> ControlReply:
        """Cancel several downloads and return the answer with their number."""
        cancelled = 0
        for item_id in item_ids:
            with suppress(UnknownItemError):
                item = await self._downloads.get(item_id)
                if await self._can_act(ControlAction.CANCEL, item, invoker):
                    result = await self._downloads.cancel(item)
                    cancelled += result.outcome in {ControlOutcome.DONE, ControlOutcome.REQUESTED}
        return control_texts.cancel_all_reply(cancelled) if cancelled else control_texts.NOTHING_TO_CANCEL

    async def _can_act(self, action: ControlAction, item: DownloadItem, invoker: Invoker) -> bool:
        if can_act(action, item, invoker, is_owner=False):
            return True
        return can_act(action, item, invoker, is_owner=await self._is_owner(invoker.user_id))

    async def _act(self, action: ControlAction, item: DownloadItem, invoker: Invoker) -> ControlReply:
        match action:
            case ControlAction.DETAILS:
                return ControlReply(await self._cards.details(item))
            case ControlAction.DELETE:
                return await self._delete(item)
            case ControlAction.RETRY | ControlAction.CONVERT | ControlAction.PARTS | ControlAction.SOUND:
                result = await self._retry(item, invoker, action.choice)
            case ControlAction.PAUSE:
                result = await self._downloads.pause(item)
            case ControlAction.RESUME:
                result = await self._downloads.resume(item)
            case ControlAction.CANCEL:
                result = await self._downloads.cancel(item)
        return control_texts.result_reply(action, result)

    async def _delete(self, item: DownloadItem) -> ControlReply:
        if not item.is_finished:
            return control_texts.still_running_reply(item)
        return control_texts.DELETED if await self._cards.delete(item.id) else control_texts.NOT_DELETED

    async def _retry(self, item: DownloadItem, invoker: Invoker, fit: FitChoice | None) -> ControlResult:
        """Retry a download by the rules and limits of a new one; raises DownloadFailedError when they refuse it."""
        is_owner = await self._is_owner(invoker.user_id)
        grant = await self._access.authorize(invoker.to_access_request(is_owner=is_owner))
        limit_bytes = min(await self._guild_upload_limit(item.guild_id), grant.max_file_size_bytes)
        return await self._downloads.retry(item, limit_bytes, fit)
