"""From a command to downloads in the queue, each with its card: what every way of asking has in common."""

from collections.abc import Awaitable, Callable, Sequence

from boss_bot_core.access import People, Permit
from boss_bot_core.app import App
from boss_bot_core.bot.card_posting import post_card
from boss_bot_core.bot.cards.service import CardBoard
from boss_bot_core.bot.context import Call
from boss_bot_core.bot.context.access import access_request
from boss_bot_core.bot.context.arguments import Asked
from boss_bot_core.bot.errors import answer_for
from boss_bot_core.bot.exceptions import (
    MissingPermissionsError,
    NoLinkError,
    RefusedError,
    UnsupportedSiteError,
    WrongPlatformError,
)
from boss_bot_core.concurrency import Turns
from boss_bot_core.domain.items import Destination, DownloadItem
from boss_bot_core.domain.link import Link
from boss_bot_core.errors import BossBotError, UnsupportedUrlError
from boss_bot_core.pipeline.request import Asker, Wanted

Owns = Callable[[int], Awaitable[bool]]
"""Tells whether a user owns the bot."""


class DeskClerk:
    """Takes orders: checks the place and the person, puts each link into the queue, posts its card."""

    def __init__(self, app: App, people: People, board: CardBoard, owns: Owns, prefix: str) -> None:
        self._app = app
        self._people = people
        self._board = board
        self._owns = owns
        self._prefix = prefix
        self._turns = Turns()

    async def ask(self, call: Call, asked: Asked) -> None:
        """Do all of it; what cannot be had of several links is told after the cards of the others.

        Raises:
            RefusedError: There is nothing to fetch, or not here.
            DownloadFailedError: The one link cannot be had, or this person may not.
        """
        if not asked.typed.links:
            raise NoLinkError(f"${asked.platform.alias if asked.platform else 'dl'}")
        if call.place.missing:
            raise MissingPermissionsError(call.place.missing)
        refused: list[BossBotError] = []
        lowered = False
        for link in asked.typed.links:
            try:
                async with self._turns.of(call.person.user_id):
                    permit = await self._permit(call, asked)
                    item = await self._submit(call, asked, link, permit)
                lowered = permit.is_lowered and asked.typed.priority is not None
                await self._show(call, item)
            except BossBotError as error:
                refused.append(error)
        await self._tell_rest(call, asked, refused, lowered=lowered)

    async def _permit(self, call: Call, asked: Asked) -> Permit:
        # Asked for each link: the day's last download may be the first of five.
        is_owner = await self._owns(call.person.user_id)
        return await self._people.permit(access_request(call, is_owner=is_owner, priority=asked.typed.priority))

    async def _submit(self, call: Call, asked: Asked, link: Link, permit: Permit) -> DownloadItem:
        place = call.place
        wanted = Wanted(
            link=link,
            destination=Destination(kind="discord", target=str(place.channel_id)),
            max_file_size_bytes=min(place.upload_limit_bytes, permit.max_file_size_bytes),
            priority=permit.priority,
            options=asked.options,
            plugin=asked.platform.plugin if asked.platform else None,
            max_attempts=permit.preferences.max_attempts,
        )
        asker = Asker(user_id=call.person.user_id, guild_id=place.guild_id, channel_id=place.channel_id)
        try:
            return await self._app.service.submit(wanted, asker)
        except UnsupportedUrlError:
            if asked.platform is None:
                raise UnsupportedSiteError(link.host) from None
            raise WrongPlatformError(link.host, asked.platform.title, asked.platform.example) from None

    async def _show(self, call: Call, item: DownloadItem) -> None:
        try:
            await post_card(self._board, call, item)
        except RefusedError:
            await self._app.service.cancel(item)
            raise

    async def _tell_rest(self, call: Call, asked: Asked, refused: Sequence[BossBotError], *, lowered: bool) -> None:
        if len(asked.typed.links) == 1 and refused:
            raise refused[0]
        lines = list(dict.fromkeys(answer_for(error, prefix=self._prefix).text or "" for error in refused))
        if asked.typed.left_out:
            taken = len(asked.typed.links)
            lines.append(f"I take {taken} links at a time; {asked.typed.left_out} more were left out.")
        if lowered:
            lines.append("That priority needs premium, or a role that allows it; yours is queued with less.")
        if lines:
            await call.say("\n".join(lines))
