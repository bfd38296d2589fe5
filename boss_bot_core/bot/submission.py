"""Submits the links of a download command: checks channel and user, queues each link, and posts its card."""

import discord
from loguru import logger

from boss_bot_core.access import AccessGranted, AccessService
from boss_bot_core.bot import exceptions
from boss_bot_core.bot.api.retry import CONNECTION_ERRORS
from boss_bot_core.bot.cards.service import CardService
from boss_bot_core.bot.cards.target import CardTarget, SentCard
from boss_bot_core.bot.context import CommandContext, MessageContent
from boss_bot_core.bot.context.download_command import DownloadCommand
from boss_bot_core.bot.context.invoker import IsOwner
from boss_bot_core.bot.errors import answer_for
from boss_bot_core.bot.texts import commands as command_texts
from boss_bot_core.concurrency import KeyedLock
from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.errors import BossBotError, UnsupportedUrlError
from boss_bot_core.pipeline.request import Requester
from boss_bot_core.pipeline.service import DownloadService
from boss_bot_core.routing import FoundLink


class DownloadSubmitter:
    """Submits downloads for every command, slash command and menu."""

    def __init__(
        self, downloads: DownloadService, access: AccessService, cards: CardService, is_owner: IsOwner
    ) -> None:
        self._downloads = downloads
        self._access = access
        self._cards = cards
        self._is_owner = is_owner
        self._user_locks = KeyedLock()

    async def submit_all(self, context: CommandContext, command: DownloadCommand) -> None:
        """Submit all links of a command. Refusals of some of several links are told after the cards of the others.

        Raises:
            CommandRefusedError: There is no link, or the bot cannot deliver here.
            DownloadFailedError: The only link cannot be downloaded, or this user may not.
        """
        command.check()
        if context.channel.missing_permissions:
            raise exceptions.MissingPermissionsError(context.channel.missing_permissions)
        refused: list[BossBotError] = []
        lowered = False
        for found in command.arguments.links:
            try:
                async with self._user_locks.hold(context.invoker.user_id):
                    grant = await self._authorize(context, command)
                    item = await self._submit(context, command, found, grant)
                lowered = grant.is_priority_lowered and command.arguments.priority is not None
                await self._post_card(context, item)
            except BossBotError as error:
                refused.append(error)
        await self._report_rest(context, command, refused, lowered=lowered)

    async def _authorize(self, context: CommandContext, command: DownloadCommand) -> AccessGranted:
        # Each link is a question of its own: the last download of the day may be the first of five.
        is_owner = await self._is_owner(context.invoker.user_id)
        request = context.invoker.to_access_request(is_owner=is_owner, priority=command.arguments.priority)
        return await self._access.authorize(request)

    async def _submit(
        self, context: CommandContext, command: DownloadCommand, found: FoundLink, grant: AccessGranted
    ) -> DownloadItem:
        channel = context.channel
        requester = Requester(user_id=context.invoker.user_id, guild_id=channel.guild_id, channel_id=channel.channel_id)
        try:
            return await self._downloads.submit(command.build_spec(found, channel, grant), requester)
        except UnsupportedUrlError:
            raise command.refuse_unsupported(found) from None

    async def _post_card(self, context: CommandContext, item: DownloadItem) -> None:
        try:
            await self._cards.post(item, _card_target(context))
        except exceptions.CommandRefusedError:
            await self._downloads.cancel(item)
            raise
        except (discord.DiscordException, *CONNECTION_ERRORS) as error:
            # The download goes on without a card: its files are sent once Discord answers again.
            logger.bind(action="card", job_id=item.short_id).warning("There is no card: {}", error)
            await self._cards.notices.note_lost_card(item.id)

    async def _report_rest(
        self, context: CommandContext, command: DownloadCommand, refused: list[BossBotError], *, lowered: bool
    ) -> None:
        if len(command.arguments.links) == 1 and refused:
            raise refused[0]
        lines = list(dict.fromkeys(answer_for(error, prefix=context.prefix).text or "" for error in refused))
        if command.arguments.omitted_count:
            lines.append(command_texts.links_omitted(len(command.arguments.links), command.arguments.omitted_count))
        if command.arguments.unknown:
            lines.append(command_texts.unknown_words(command.arguments.unknown))
        if lowered:
            lines.append(str(command_texts.PRIORITY_LOWERED))
        if lines:
            await context.reply("\n".join(lines))


def _card_target(context: CommandContext) -> CardTarget:
    async def send(card: MessageContent) -> SentCard:
        message = await context.post(card)
        return SentCard(channel_id=message.channel.id, message_id=message.id)

    return CardTarget(send=send, request_message_id=context.request_message_id, embeds=context.channel.can_embed)
