"""The Discord deliverer: sends a download's files into a channel, each message exactly once."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial

import attrs
import discord

from boss_bot_core.bot.api.retry import RetryPolicy
from boss_bot_core.bot.context.channel import REQUEST_SLACK_BYTES, ChannelInfo
from boss_bot_core.bot.context.channel_inspector import ChannelInspector
from boss_bot_core.bot.delivery.message import MessageBuilder, build_receipts
from boss_bot_core.bot.delivery.records import DeliveryLog
from boss_bot_core.bot.delivery.session import DeliverySession
from boss_bot_core.bot.delivery.target import ChannelResolver
from boss_bot_core.bot.language_choice import LanguageChoice
from boss_bot_core.bot.texts import delivery as delivery_texts
from boss_bot_core.database import Database
from boss_bot_core.delivery import Delivery, Receipt
from boss_bot_core.delivery.deliverer import TooLargeToDeliverError
from boss_bot_core.delivery.plan import DEFAULT_REQUEST_BYTES, MessageLimits
from boss_bot_core.delivery.size_limits import derive_file_limit
from boss_bot_core.delivery.visibility import Visibility, decide_visibility

RETRY_PERIOD_S = 300.0
"""How long a delivery tries to reach a Discord that does not answer, seconds; the operator's setting replaces it."""

LearnLimit = Callable[[int, int], Awaitable[None]]
"""Stores the file limit that a refusal taught: the guild's id, and the limit in bytes."""


@attrs.frozen(kw_only=True)
class DiscordDeliverer:
    """Delivers files to channels, threads and direct messages.

    Attributes:
        client: Sends the messages.
        database: Holds the delivery log, which is written before each message is sent.
        inspector: Reads upload limit, age restriction and permissions of a channel.
        learn_limit: Stores the file limit that a refusal taught.
        languages: Chooses the language of messages whose download has no card.
        kept_for: How long files stay on disk that could not be delivered.
        retry_period_s: How long a delivery tries to reach a Discord that does not answer, seconds.
    """

    client: discord.Client
    database: Database
    inspector: ChannelInspector
    learn_limit: LearnLimit
    languages: LanguageChoice
    kept_for: timedelta
    retry_period_s: float = RETRY_PERIOD_S

    async def deliver(self, delivery: Delivery) -> tuple[Receipt, ...]:
        """Send every file that the channel accepts; files that arrived in an earlier attempt are not sent again.

        Raises:
            DownloadFailedError: The channel is gone or closed to the bot, Discord cannot be reached, the media must not
                be shown in the channel, or no file is small enough. The files stay on disk.
        """
        item = delivery.item
        retry_policy = RetryPolicy(self.client, self.retry_period_s)
        resolver = ChannelResolver(self.client, self.inspector, retry_policy)
        channel = await resolver.resolve(int(item.destination.target))
        visibility = _visibility(delivery, channel)
        log = DeliveryLog(self.database, item)
        reply_to = await log.open()
        session = DeliverySession(
            client=self.client,
            retry_policy=retry_policy,
            log=log,
            builder=MessageBuilder(
                delivery=delivery,
                in_server=not channel.is_direct,
                spoiler=visibility is Visibility.SPOILER,
                reply_to=reply_to,
                language=log.language or self.languages.for_place(item.guild_id, item.user_id),
            ),
            learn_limit=None if channel.is_direct else partial(self.learn_limit, channel.guild_id),
        )
        file_bytes = min(channel.upload_limit_bytes, item.max_file_size_bytes)
        limits = MessageLimits(file_bytes=file_bytes, request_bytes=max(file_bytes, DEFAULT_REQUEST_BYTES))
        plan = await session.send(delivery.files, limits)
        if not log.progress.confirmed_count:
            sentence = delivery_texts.nothing_fits_reason(plan, self.kept_for, in_server=not channel.is_direct)
            limit_bytes = derive_file_limit(plan.limits, slack_bytes=REQUEST_SLACK_BYTES)
            raise TooLargeToDeliverError(sentence, limit_bytes=limit_bytes)
        return build_receipts(delivery, log.progress, plan, in_server=not channel.is_direct)


def _visibility(delivery: Delivery, channel: ChannelInfo) -> Visibility:
    return decide_visibility(
        adult=delivery.item.adult or delivery.media.adult,
        spoiler_requested=delivery.item.options.spoiler,
        age_restricted=channel.is_age_restricted,
    )
