"""From a command to downloads in the queue, each with its card: what every way of asking has in common."""

from collections.abc import Awaitable, Callable, Sequence

from boss_bot_core.access import AccessGranted, AccessService
from boss_bot_core.app import App
from boss_bot_core.bot.card_posting import post_card
from boss_bot_core.bot.cards.service import CardService
from boss_bot_core.bot.context import CommandContext
from boss_bot_core.bot.context.access import build_access_request
from boss_bot_core.bot.context.arguments import DownloadCommand
from boss_bot_core.bot.errors import answer_for
from boss_bot_core.bot.exceptions import (
    CommandRefusedError,
    MissingPermissionsError,
    NoLinkError,
    UnsupportedSiteError,
    WrongPlatformError,
)
from boss_bot_core.concurrency import KeyedLock
from boss_bot_core.domain.items import Destination, DownloadItem
from boss_bot_core.domain.link import Link
from boss_bot_core.errors import BossBotError, UnsupportedUrlError
from boss_bot_core.pipeline.request import DownloadSpec, Requester

Owns = Callable[[int], Awaitable[bool]]
"""Tells whether a user owns the bot."""


class DownloadSubmitter:
    """Takes orders: checks the place and the person, puts each link into the queue, posts its card."""

    def __init__(self, app: App, people: AccessService, board: CardService, owns: Owns, prefix: str) -> None:
        self._app = app
        self._people = people
        self._board = board
        self._owns = owns
        self._prefix = prefix
        self._turns = KeyedLock()

    async def submit_all(self, call: CommandContext, asked: DownloadCommand) -> None:
        """Do all of it; what cannot be had of several links is told after the cards of the others.

        Raises:
            RefusedError: There is nothing to fetch, or not here.
            DownloadFailedError: The one link cannot be had, or this person may not.
        """
        if not asked.arguments.links:
            raise NoLinkError(f"${asked.platform.alias if asked.platform else 'dl'}")
        if call.channel.missing_permissions:
            raise MissingPermissionsError(call.channel.missing_permissions)
        refused: list[BossBotError] = []
        lowered = False
        for link in asked.arguments.links:
            try:
                async with self._turns.hold(call.invoker.user_id):
                    permit = await self._permit(call, asked)
                    item = await self._submit(call, asked, link, permit)
                lowered = permit.is_lowered and asked.arguments.priority is not None
                await self._show(call, item)
            except BossBotError as error:
                refused.append(error)
        await self._tell_rest(call, asked, refused, lowered=lowered)

    async def _permit(self, call: CommandContext, asked: DownloadCommand) -> AccessGranted:
        # Asked for each link: the day's last download may be the first of five.
        is_owner = await self._owns(call.invoker.user_id)
        return await self._people.authorize(
            build_access_request(call, is_owner=is_owner, priority=asked.arguments.priority)
        )

    async def _submit(
        self, call: CommandContext, asked: DownloadCommand, link: Link, permit: AccessGranted
    ) -> DownloadItem:
        place = call.channel
        wanted = DownloadSpec(
            link=link,
            destination=Destination(kind="discord", target=str(place.channel_id)),
            max_file_size_bytes=min(place.upload_limit_bytes, permit.max_file_size_bytes),
            priority=permit.priority,
            options=asked.options,
            plugin=asked.platform.plugin if asked.platform else None,
            max_attempts=permit.preferences.max_attempts,
        )
        asker = Requester(user_id=call.invoker.user_id, guild_id=place.guild_id, channel_id=place.channel_id)
        try:
            return await self._app.service.submit(wanted, asker)
        except UnsupportedUrlError:
            if asked.platform is None:
                raise UnsupportedSiteError(link.host) from None
            raise WrongPlatformError(link.host, asked.platform.title, asked.platform.example) from None

    async def _show(self, call: CommandContext, item: DownloadItem) -> None:
        try:
            await post_card(self._board, call, item)
        except CommandRefusedError:
            await self._app.service.cancel(item)
            raise

    async def _tell_rest(
        self, call: CommandContext, asked: DownloadCommand, refused: Sequence[BossBotError], *, lowered: bool
    ) -> None:
        if len(asked.arguments.links) == 1 and refused:
            raise refused[0]
        lines = list(dict.fromkeys(answer_for(error, prefix=self._prefix).text or "" for error in refused))
        if asked.arguments.omitted_count:
            taken = len(asked.arguments.links)
            lines.append(f"I take {taken} links at a time; {asked.arguments.omitted_count} more were left out.")
        if lowered:
            lines.append("That priority needs premium, or a role that allows it; yours is queued with less.")
        if lines:
            await call.reply("\n".join(lines))
