"""Brings a download's files into a Discord channel, whatever Discord answers, each message exactly once."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial

import attrs
import discord

from boss_bot_core.bot.api.retry import Patience
from boss_bot_core.bot.context.channel import REQUEST_SLACK_BYTES, Place
from boss_bot_core.bot.context.channel_inspector import Surveyor
from boss_bot_core.bot.delivery.message import Packer, receipts_of
from boss_bot_core.bot.delivery.records import Books
from boss_bot_core.bot.delivery.session import Shipment
from boss_bot_core.bot.delivery.target import Destinations
from boss_bot_core.bot.texts import delivery as delivery_texts
from boss_bot_core.database import Database
from boss_bot_core.delivery import Delivery, Receipt
from boss_bot_core.delivery.deliverer import TooLargeToDeliverError
from boss_bot_core.delivery.plan import COMFORTABLE_REQUEST_BYTES, Limits
from boss_bot_core.delivery.size_limits import limit_of_place
from boss_bot_core.delivery.visibility import Showing, showing_of

PATIENCE_S = 300.0

LearnLimit = Callable[[int, int], Awaitable[None]]
"""Keeps what a server's refusal taught: its id, and its limit in bytes."""


@attrs.frozen(kw_only=True)
class Equipment:
    """What a delivery needs beside the client.

    Attributes:
        database: Where messages are written down before they are sent.
        surveyor: Tells what counts in a channel.
        learn_limit: Told what a server's refusals teach.
        kept_for: How long files stay that could not be delivered at all.
    """

    database: Database
    surveyor: Surveyor
    learn_limit: LearnLimit
    kept_for: timedelta


class DiscordDeliverer:
    """Delivers to channels, threads and direct messages.

    The app that it is handed to dispatches before the rest of the bot is put together: deliveries wait for `equip`.
    """

    def __init__(self, client: discord.Client, *, patience_s: float = PATIENCE_S) -> None:
        """Prepare deliveries that wait `patience_s` for a Discord that does not answer."""
        self._client = client
        self._patience = Patience(client, patience_s)
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
        destinations = Destinations(self._client, equipment.surveyor, self._patience)
        place = await destinations.find(int(item.destination.target))
        showing = _showing(delivery, place)
        books = Books(equipment.database, item)
        reply_to = await books.open()
        shipment = Shipment(
            client=self._client,
            patience=self._patience,
            books=books,
            packer=Packer(
                delivery=delivery,
                in_server=not place.is_direct,
                veiled=showing is Showing.VEILED,
                reply_to=reply_to,
            ),
            learn=None if place.is_direct else partial(equipment.learn_limit, place.guild_id),
        )
        file_bytes = min(place.upload_limit_bytes, item.max_file_size_bytes)
        limits = Limits(file_bytes=file_bytes, request_bytes=max(file_bytes, COMFORTABLE_REQUEST_BYTES))
        plan = await shipment.send(delivery.files, limits)
        if not books.ledger.arrived:
            sentence = delivery_texts.nothing_fits(plan, equipment.kept_for, in_server=not place.is_direct)
            limit_bytes = limit_of_place(plan.limits, slack_bytes=REQUEST_SLACK_BYTES)
            raise TooLargeToDeliverError(sentence, limit_bytes=limit_bytes)
        return receipts_of(delivery, books.ledger, plan, in_server=not place.is_direct)


def _showing(delivery: Delivery, place: Place) -> Showing:
    return showing_of(
        adult=delivery.item.adult or delivery.media.adult,
        veil_wished=delivery.item.options.spoiler,
        age_restricted=place.is_age_restricted,
    )
