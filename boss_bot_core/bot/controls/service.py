"""Does what buttons, reactions and commands ask of a download, whoever asks, and always has an answer."""

from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from typing import Protocol, cast
from uuid import UUID

import discord
from loguru import logger

from boss_bot_core.app.app import App
from boss_bot_core.bot.controls.actions import Actor, ControlAction, can_act
from boss_bot_core.bot.controls.retry import GuildUploadLimit, RetryService
from boss_bot_core.bot.texts import controls as control_texts
from boss_bot_core.bot.texts.controls import ControlReply
from boss_bot_core.domain.items import SHORT_ID_LENGTH, DownloadItem
from boss_bot_core.errors import DownloadFailedError
from boss_bot_core.queue import ControlOutcome, ControlResult, UnknownItemError

IsOwner = Callable[[discord.User | discord.Member], Awaitable[bool]]


class Board(Protocol):
    """What controls need of the cards; `CardService` is one."""

    async def details(self, item: DownloadItem) -> str:
        """Return the text of the Details button."""
        ...

    async def delete(self, item_id: UUID) -> bool:
        """Delete the card and what was delivered; return whether all of it is gone."""
        ...


class ControlService:
    """The controls of all downloads.

    Args:
        app: The open app.
        cards: The cards.
        is_owner: Tells whether a user owns the bot, by the user's id alone; discord.py's `Bot.is_owner`.
        limit_in: Tells what a server takes.
    """

    def __init__(self, app: App, cards: Board, is_owner: IsOwner, limit_in: GuildUploadLimit) -> None:
        self._app = app
        self._cards = cards
        self._is_owner = is_owner
        self._retrier = RetryService(app=app, limit_in=limit_in)

    async def perform(self, action: ControlAction, item_id: UUID, actor: Actor) -> ControlReply:
        """Do `action` if `actor` may, and return what to say; asking twice is the same as asking once."""

        async def act() -> ControlReply:
            item = await self._app.services.queue.reader.get(item_id)
            if await self._may(action, item, actor):
                return await self._do(action, item, actor)
            # Who asks elsewhere is told nothing, not even whose it is.
            is_here = can_act(ControlAction.DETAILS, item, actor, is_owner=False)
            return control_texts.foreign_download_reply(item) if is_here else control_texts.UNKNOWN

        return await _answered(act(), item_id)

    async def cancel_all(self, item_ids: Iterable[UUID], actor: Actor) -> ControlReply:
        """Cancel several downloads and return how many were."""
        cancelled = 0
        for item_id in item_ids:
            with suppress(UnknownItemError):
                item = await self._app.services.queue.reader.get(item_id)
                if await self._may(ControlAction.CANCEL, item, actor):
                    result = await self._app.service.cancel(item)
                    cancelled += result.outcome in {ControlOutcome.DONE, ControlOutcome.REQUESTED}
        return control_texts.cancel_all_reply(cancelled) if cancelled else control_texts.NOTHING_TO_CANCEL

    async def _may(self, action: ControlAction, item: DownloadItem, actor: Actor) -> bool:
        if can_act(action, item, actor, is_owner=False):
            return True
        return can_act(action, item, actor, is_owner=await self._owns(actor))

    async def _owns(self, actor: Actor) -> bool:
        # A reaction's user may be unknown to the cache; the id is all that counts.
        return await self._is_owner(cast("discord.User", discord.Object(actor.user_id)))

    async def _do(self, action: ControlAction, item: DownloadItem, actor: Actor) -> ControlReply:
        if action is ControlAction.DETAILS:
            return ControlReply(await self._cards.details(item))
        if action is ControlAction.DELETE:
            return await self._delete(item)
        if action is ControlAction.RETRY:
            result = await self._retrier.retry(item, actor, is_owner=await self._owns(actor))
            return control_texts.result_reply(action, result)
        return control_texts.result_reply(action, await self._wish(action, item))

    async def _wish(self, action: ControlAction, item: DownloadItem) -> ControlResult:
        service = self._app.service
        wishes = {
            ControlAction.PAUSE: service.pause,
            ControlAction.RESUME: service.resume,
            ControlAction.CANCEL: service.cancel,
        }
        return await wishes[action](item)

    async def _delete(self, item: DownloadItem) -> ControlReply:
        if not item.is_finished:
            return control_texts.still_running_reply(item)
        return control_texts.DELETED if await self._cards.delete(item.id) else control_texts.NOT_DELETED


async def _answered(acting: Awaitable[ControlReply], item_id: UUID) -> ControlReply:
    try:
        return await acting
    except UnknownItemError:
        return control_texts.UNKNOWN
    except DownloadFailedError as error:
        return control_texts.refused_reply(error)
    except Exception:  # noqa: BLE001 - whoever pressed a button is owed an answer
        logger.exception(f"A control of {item_id.hex} broke.")
        return control_texts.internal_error_reply(item_id.hex[:SHORT_ID_LENGTH])
