"""A delivery session: plans, records, sends and confirms one download's messages."""

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
"""Sends a message and returns its id."""

CANCEL_GRACE_S = 5.0
"""How long a message may continue to be sent after its job was cancelled, seconds."""


@attrs.frozen(kw_only=True)
class DeliverySession:
    """Sends one download's messages.

    Attributes:
        client: Sends the messages.
        retry_policy: Repeats a request while Discord does not answer.
        log: Records the messages.
        builder: Builds the messages.
        learn_limit: Called with the file limit in bytes that a refusal taught; None where no limit is kept.
    """

    client: discord.Client
    retry_policy: RetryPolicy
    log: DeliveryLog
    builder: MessageBuilder
    learn_limit: Callable[[int], Awaitable[None]] | None

    async def send(self, files: tuple[DownloadedFile, ...], limits: MessageLimits) -> DeliveryPlan:
        """Send the files that have not arrived yet and return the last plan, whose left-out files stay on disk.

        Raises:
            DownloadFailedError: Discord refused a message for another reason than its size.
        """
        await self._resolve_unconfirmed(files)
        while True:
            plan = build_plan(self.log.progress.list_missing(files), limits)
            refused = await self._send_all(plan)
            if refused is None:
                return plan
            learned = learn_limit(refused, limits, slack_bytes=REQUEST_SLACK_BYTES)
            logger.bind(action="too_large").info("Discord refused {} bytes.", refused.size_bytes)
            if learned.file_bytes is not None and self.learn_limit is not None:
                await self.learn_limit(learned.file_bytes)
            limits = learned.limits

    async def _resolve_unconfirmed(self, files: tuple[DownloadedFile, ...]) -> None:
        for record in self.log.progress.unconfirmed:
            carried = set(read_positions(record.nonce))
            batch = Batch(tuple(file for file in files if file.position in carried))
            message = self.builder.build(record, batch)
            search = partial(_find_sent, self.client, message)
            message_id = await self.retry_policy.run(search, search)
            if message_id is not None:
                await self.log.confirm(record, message_id)

    async def _send_all(self, plan: DeliveryPlan) -> Batch | None:
        """Send a plan's messages and return the batch that was refused for its size, or None."""
        for done, batch in enumerate(plan.batches):
            try:
                await self._send_one(batch, len(plan.batches) - done, plan)
            except discord.HTTPException as error:
                if not is_too_large(error):
                    raise
                return batch
        return None

    async def _send_one(self, batch: Batch, remaining: int, plan: DeliveryPlan) -> None:
        record = await self.log.begin(batch, remaining)
        message = self.builder.build(record, batch, plan if remaining == 1 else None)
        await self.retry_policy.run(
            lambda: finish_within(self._send_and_confirm(message, upload), CANCEL_GRACE_S),
            lambda: finish_within(self._send_and_confirm(message, _send_if_lost), CANCEL_GRACE_S),
        )

    async def _send_and_confirm(self, message: OutgoingMessage, send: SendMethod) -> None:
        await self.log.confirm(message.record, await send(self.client, message))


async def _send_if_lost(client: discord.Client, message: OutgoingMessage) -> int:
    # The lost attempt may have arrived, longer ago than Discord remembers nonces.
    return await _find_sent(client, message) or await upload(client, message)


async def _find_sent(client: discord.Client, message: OutgoingMessage) -> int | None:
    sizes = [file.size_bytes for file in message.batch.files]
    record = message.record
    try:
        found = await find_own_message(client, record.channel_id, message.mark, record.created_at, sizes=sizes)
    except discord.Forbidden:
        # The bot may not read the history: then only the nonce prevents a second copy.
        return None
    return None if found is None else found.id
