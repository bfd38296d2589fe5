"""One download on its way into a channel: planned, written down, sent and confirmed, message by message."""

from collections.abc import Awaitable, Callable
from functools import partial

import attrs
import discord
from loguru import logger

from boss_bot_core.bot.api.errors import is_too_large
from boss_bot_core.bot.api.messages import find_own_message
from boss_bot_core.bot.api.retry import Patience
from boss_bot_core.bot.context.channel import REQUEST_SLACK_BYTES
from boss_bot_core.bot.delivery.message import Packer, Parcel
from boss_bot_core.bot.delivery.records import Books
from boss_bot_core.bot.delivery.upload import send
from boss_bot_core.concurrency import unbroken
from boss_bot_core.delivery.plan import Batch, DeliveryPlan, Limits, make_plan
from boss_bot_core.delivery.progress import positions_of
from boss_bot_core.delivery.size_limits import learn
from boss_bot_core.domain.media import DownloadedFile

Way = Callable[[discord.Client, Parcel], Awaitable[int]]
"""How a message is brought there: returns its id."""

GRACE_S = 5.0
"""How long a message that is under way may go on after the job was cancelled, seconds."""


@attrs.frozen(kw_only=True)
class Shipment:
    """Sends one download's messages.

    Attributes:
        client: Sends them.
        patience: Waits for a Discord that does not answer.
        books: What is written down of them.
        packer: Makes them.
        learn: Told the place's limit for one file, in bytes, when a refusal taught it; None where nobody keeps it.
    """

    client: discord.Client
    patience: Patience
    books: Books
    packer: Packer
    learn: Callable[[int], Awaitable[None]] | None

    async def send(self, files: tuple[DownloadedFile, ...], limits: Limits) -> DeliveryPlan:
        """Send what has not arrived yet and return the last plan, whose left-out files stay.

        Raises:
            DownloadFailedError: Discord did not take a message, for another reason than its size.
        """
        await self._look_for_unsure(files)
        while True:
            plan = make_plan(self.books.ledger.missing(files), limits)
            refused = await self._send_all(plan)
            if refused is None:
                return plan
            lesson = learn(refused, limits, slack_bytes=REQUEST_SLACK_BYTES)
            logger.bind(action="too_large").info("Discord refused {} bytes.", refused.size_bytes)
            if lesson.learnt_file_bytes is not None and self.learn is not None:
                await self.learn(lesson.learnt_file_bytes)
            limits = lesson.limits

    async def _look_for_unsure(self, files: tuple[DownloadedFile, ...]) -> None:
        for record in self.books.ledger.unsure:
            carried = set(positions_of(record.nonce))
            batch = Batch(tuple(file for file in files if file.position in carried))
            parcel = self.packer.pack(record, batch)
            search = partial(_find_sent, self.client, parcel)
            message_id = await self.patience.keep_trying(search, search)
            if message_id is not None:
                await self.books.confirm(record, message_id)

    async def _send_all(self, plan: DeliveryPlan) -> Batch | None:
        """Send a plan's messages; return the one that was refused for its size, or None."""
        for done, batch in enumerate(plan.batches):
            try:
                await self._send_one(batch, len(plan.batches) - done, plan)
            except discord.HTTPException as error:
                if not is_too_large(error):
                    raise
                return batch
        return None

    async def _send_one(self, batch: Batch, waiting: int, plan: DeliveryPlan) -> None:
        record = await self.books.begin(batch, waiting)
        parcel = self.packer.pack(record, batch, plan if waiting == 1 else None)
        await self.patience.keep_trying(
            lambda: unbroken(self._send_and_confirm(parcel, send), GRACE_S),
            lambda: unbroken(self._send_and_confirm(parcel, _send_if_lost), GRACE_S),
        )

    async def _send_and_confirm(self, parcel: Parcel, way: Way) -> None:
        await self.books.confirm(parcel.record, await way(self.client, parcel))


async def _send_if_lost(client: discord.Client, parcel: Parcel) -> int:
    # The lost try may have arrived, longer ago than Discord remembers nonces.
    return await _find_sent(client, parcel) or await send(client, parcel)


async def _find_sent(client: discord.Client, parcel: Parcel) -> int | None:
    sizes = [file.size_bytes for file in parcel.batch.files]
    record = parcel.record
    try:
        message = await find_own_message(client, record.channel_id, parcel.mark, record.created_at, sizes=sizes)
    except discord.Forbidden:
        # The bot may not read the history: then only the nonce prevents a second copy.
        return None
    return None if message is None else message.id
