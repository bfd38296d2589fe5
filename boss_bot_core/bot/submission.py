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

    def __init__(self, app: App, access: AccessService, cards: CardService, owns: Owns, prefix: str) -> None:
        self._app = app
        self._access = access
        self._cards = cards
        self._is_owner = owns
        self._prefix = prefix
        self._turns = KeyedLock()

    async def submit_all(self, context: CommandContext, command: DownloadCommand) -> None:
        """Do all of it; what cannot be had of several links is told after the cards of the others.

        Raises:
            RefusedError: There is nothing to fetch, or not here.
            DownloadFailedError: The one link cannot be had, or this person may not.
        """
        if not command.arguments.links:
            raise NoLinkError(f"${command.platform.alias if command.platform else 'dl'}")
        if context.channel.missing_permissions:
            raise MissingPermissionsError(context.channel.missing_permissions)
        refused: list[BossBotError] = []
        lowered = False
        for link in command.arguments.links:
            try:
                async with self._turns.hold(context.invoker.user_id):
                    grant = await self._permit(context, command)
                    item = await self._submit(context, command, link, grant)
                lowered = grant.is_priority_lowered and command.arguments.priority is not None
                await self._show(context, item)
            except BossBotError as error:
                refused.append(error)
        await self._tell_rest(context, command, refused, lowered=lowered)

    async def _permit(self, context: CommandContext, command: DownloadCommand) -> AccessGranted:
        # Asked for each link: the day's last download may be the first of five.
        is_owner = await self._is_owner(context.invoker.user_id)
        return await self._access.authorize(
            build_access_request(context, is_owner=is_owner, priority=command.arguments.priority)
        )

    async def _submit(
        self, context: CommandContext, command: DownloadCommand, link: Link, grant: AccessGranted
    ) -> DownloadItem:
        channel = context.channel
        spec = DownloadSpec(
            link=link,
            destination=Destination(kind="discord", target=str(channel.channel_id)),
            max_file_size_bytes=min(channel.upload_limit_bytes, grant.max_file_size_bytes),
            priority=grant.priority,
            options=command.options,
            plugin=command.platform.plugin if command.platform else None,
            max_attempts=grant.preferences.max_attempts,
        )
        requester = Requester(user_id=context.invoker.user_id, guild_id=channel.guild_id, channel_id=channel.channel_id)
        try:
            return await self._app.service.submit(spec, requester)
        except UnsupportedUrlError:
            if command.platform is None:
                raise UnsupportedSiteError(link.host) from None
            raise WrongPlatformError(link.host, command.platform.title, command.platform.example) from None

    async def _show(self, context: CommandContext, item: DownloadItem) -> None:
        try:
            await post_card(self._cards, context, item)
        except CommandRefusedError:
            await self._app.service.cancel(item)
            raise

    async def _tell_rest(
        self, context: CommandContext, command: DownloadCommand, refused: Sequence[BossBotError], *, lowered: bool
    ) -> None:
        if len(command.arguments.links) == 1 and refused:
            raise refused[0]
        lines = list(dict.fromkeys(answer_for(error, prefix=self._prefix).text or "" for error in refused))
        if command.arguments.omitted_count:
            taken = len(command.arguments.links)
            lines.append(f"I take {taken} links at a time; {command.arguments.omitted_count} more were left out.")
        if lowered:
            lines.append("That priority needs premium, or a role that allows it; yours is queued with less.")
        if lines:
            await context.reply("\n".join(lines))
