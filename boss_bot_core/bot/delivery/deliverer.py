"""Brings a download's files into a Discord channel, whatever Discord answers, each message exactly once."""

import asyncio
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
from boss_bot_core.bot.texts import delivery as delivery_texts
from boss_bot_core.database import Database
from boss_bot_core.delivery import Delivery, Receipt
from boss_bot_core.delivery.deliverer import TooLargeToDeliverError
from boss_bot_core.delivery.plan import DEFAULT_REQUEST_BYTES, MessageLimits
from boss_bot_core.delivery.size_limits import derive_file_limit
from boss_bot_core.delivery.visibility import Visibility, decide_visibility

DEFAULT_RETRY_PERIOD_S = 300.0

LearnLimit = Callable[[int, int], Awaitable[None]]
"""Keeps what a server's refusal taught: its id, and its limit in bytes."""


@attrs.frozen(kw_only=True)
class Equipment:
    """What a delivery needs beside the client.

    Attributes:
        database: Where messages are written down before they are sent.
        inspector: Tells what counts in a channel.
        learn_limit: Told what a server's refusals teach.
        kept_for: How long files stay that could not be delivered at all.
    """

    database: Database
    inspector: ChannelInspector
    learn_limit: LearnLimit
    kept_for: timedelta


class DiscordDeliverer:
    """Delivers to channels, threads and direct messages.

    The app that it is handed to dispatches before the rest of the bot is put together: deliveries wait for `equip`.
    """

    def __init__(self, client: discord.Client, *, patience_s: float = DEFAULT_RETRY_PERIOD_S) -> None:
        """Prepare deliveries that wait `patience_s` for a Discord that does not answer."""
        self._client = client
        self._retry_policy = RetryPolicy(client, patience_s)
        self._equipment: Equipment | None = None
        self._equipped = asyncio.Event()

    def equip(self, equipment: Equipment) -> None:
        """Let deliveries begin."""
        self._equipment = equipment
        self._equipped.set()

    async def deliver(self, delivery: Delivery) -> tuple[Receipt, ...]:
        """Send every file that the channel takes; what arrived at an earlier try is not sent again.

        Raises:
            DownloadFailedError: The channel is gone or closed to the bot, Discord is out of reach, the media must not
                be shown there, or no file is small enough. The files stay.
        """
        while (equipment := self._equipment) is None:
            await self._equipped.wait()
        item = delivery.item
        resolver = ChannelResolver(self._client, equipment.inspector, self._retry_policy)
        channel = await resolver.resolve(int(item.destination.target))
        showing = _showing(delivery, channel)
        books = DeliveryLog(equipment.database, item)
        reply_to = await books.open()
        session = DeliverySession(
            client=self._client,
            retry_policy=self._retry_policy,
            log=books,
            builder=MessageBuilder(
                delivery=delivery,
                in_server=not channel.is_direct,
                spoiler=showing is Visibility.SPOILER,
                reply_to=reply_to,
            ),
            learn_limit=None if channel.is_direct else partial(equipment.learn_limit, channel.guild_id),
        )
        file_bytes = min(channel.upload_limit_bytes, item.max_file_size_bytes)
        limits = MessageLimits(file_bytes=file_bytes, request_bytes=max(file_bytes, DEFAULT_REQUEST_BYTES))
        plan = await session.send(delivery.files, limits)
        if not books.progress.confirmed_count:
            sentence = delivery_texts.nothing_fits(plan, equipment.kept_for, in_server=not channel.is_direct)
            limit_bytes = derive_file_limit(plan.limits, slack_bytes=REQUEST_SLACK_BYTES)
            raise TooLargeToDeliverError(sentence, limit_bytes=limit_bytes)
        return build_receipts(delivery, books.progress, plan, in_server=not channel.is_direct)


def _showing(delivery: Delivery, channel: ChannelInfo) -> Visibility:
    return decide_visibility(
        adult=delivery.item.adult or delivery.media.adult,
        spoiler_requested=delivery.item.options.spoiler,
        age_restricted=channel.is_age_restricted,
    )
