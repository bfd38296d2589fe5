"""One download on its way into a channel: planned, written down, sent and confirmed, message by message."""

from collections.abc import Awaitable, Callable
from functools import partial

import attrs
import discord
from loguru import logger

from boss_bot_core.bot.api.errors import is_too_large
from boss_bot_core.bot.api.messages import find_own_message
from boss_bot_core.bot.api.retry import RetryPolicy
from boss_bot_core.bot.context.channel import REQUEST_SLACK_BYTES
from boss_bot_core.bot.delivery.message import MessageBuilder, OutgoingMessage
from boss_bot_core.bot.delivery.records import DeliveryLog
from boss_bot_core.bot.delivery.upload import upload
from boss_bot_core.concurrency import finish_within
from boss_bot_core.delivery.plan import Batch, DeliveryPlan, MessageLimits, build_plan
from boss_bot_core.delivery.progress import read_positions
from boss_bot_core.delivery.size_limits import learn_limit
from boss_bot_core.domain.media import DownloadedFile

SendMethod = Callable[[discord.Client, OutgoingMessage], Awaitable[int]]
"""How a message is brought there: returns its id."""

CANCEL_GRACE_S = 5.0
"""How long a message that is under way may go on after the job was cancelled, seconds."""


@attrs.frozen(kw_only=True)
class DeliverySession:
    """Sends one download's messages.

    Attributes:
        client: Sends them.
        retry_policy: Waits for a Discord that does not answer.
        log: What is written down of them.
        builder: Makes them.
        learn_limit: Called with the file limit in bytes that a refusal taught; None where no limit is kept.
    """

    client: discord.Client
    retry_policy: RetryPolicy
    log: DeliveryLog
    builder: MessageBuilder
    learn_limit: Callable[[int], Awaitable[None]] | None

    async def send(self, files: tuple[DownloadedFile, ...], limits: MessageLimits) -> DeliveryPlan:
        """Send what has not arrived yet and return the last plan, whose left-out files stay.

        Raises:
            DownloadFailedError: Discord did not take a message, for another reason than its size.
        """
        await self._resolve_unconfirmed(files)
        while True:
            plan = build_plan(self.log.progress.list_missing(files), limits)
            refused = await self._send_all(plan)
            if refused is None:
                return plan
            lesson = learn_limit(refused, limits, slack_bytes=REQUEST_SLACK_BYTES)
            logger.bind(action="too_large").info("Discord refused {} bytes.", refused.size_bytes)
            if lesson.file_bytes is not None and self.learn_limit is not None:
                await self.learn_limit(lesson.file_bytes)
            limits = lesson.limits

    async def _resolve_unconfirmed(self, files: tuple[DownloadedFile, ...]) -> None:
        for record in self.log.progress.unconfirmed:
            carried = set(read_positions(record.nonce))
            batch = Batch(tuple(file for file in files if file.position in carried))
            parcel = self.builder.build(record, batch)
            search = partial(_find_sent, self.client, parcel)
            message_id = await self.retry_policy.run(search, search)
            if message_id is not None:
                await self.log.confirm(record, message_id)

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
        record = await self.log.begin(batch, waiting)
        parcel = self.builder.build(record, batch, plan if waiting == 1 else None)
        await self.retry_policy.run(
            lambda: finish_within(self._send_and_confirm(parcel, upload), CANCEL_GRACE_S),
            lambda: finish_within(self._send_and_confirm(parcel, _send_if_lost), CANCEL_GRACE_S),
        )

    async def _send_and_confirm(self, parcel: OutgoingMessage, way: SendMethod) -> None:
        await self.log.confirm(parcel.record, await way(self.client, parcel))


async def _send_if_lost(client: discord.Client, parcel: OutgoingMessage) -> int:
    # The lost try may have arrived, longer ago than Discord remembers nonces.
    return await _find_sent(client, parcel) or await upload(client, parcel)


async def _find_sent(client: discord.Client, parcel: OutgoingMessage) -> int | None:
    sizes = [file.size_bytes for file in parcel.batch.files]
    record = parcel.record
    try:
        message = await find_own_message(client, record.channel_id, parcel.mark, record.created_at, sizes=sizes)
    except discord.Forbidden:
        # The bot may not read the history: then only the nonce prevents a second copy.
        return None
    return None if message is None else message.id
