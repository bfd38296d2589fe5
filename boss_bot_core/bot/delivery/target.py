"""Resolves the channel that files are sent to: its upload limit, age restriction and the bot's permissions now."""

from typing import Any

import attrs
import discord

from boss_bot_core.bot.api.retry import RetryPolicy
from boss_bot_core.bot.context.channel import ChannelInfo
from boss_bot_core.bot.context.channel_inspector import ChannelInspector
from boss_bot_core.bot.context.place import read_own_permissions
from boss_bot_core.bot.texts import delivery as delivery_texts
from boss_bot_core.delivery.deliverer import DeliveryForbiddenError


@attrs.frozen
class ChannelResolver:
    """Looks up channels in the client's cache, or asks Discord.

    Attributes:
        client: Has most channels in its cache.
        inspector: Reads a channel's facts.
        retry_policy: Waits until the cache is complete, and repeats requests.
    """

    client: discord.Client
    inspector: ChannelInspector
    retry_policy: RetryPolicy

    async def resolve(self, channel_id: int) -> ChannelInfo:
        """Return the channel's facts.

        Raises:
            DownloadFailedError: The channel is gone, Discord cannot be reached, or the bot may not deliver there.
        """
        await self.retry_policy.wait_until_ready()
        # Any: discord.py has no common class for channels that take messages.
        channel: Any = self.client.get_channel(channel_id)
        if channel is None:
            channel = await self.retry_policy.run(self._fetcher(channel_id), self._fetcher(channel_id))
        info = await self.inspector.inspect(channel, read_own_permissions(channel))
        if info.missing_permissions:
            raise DeliveryForbiddenError(delivery_texts.missing_permissions_reason(info.missing_permissions))
        return info

    def _fetcher(self, channel_id: int) -> Any:  # noqa: ANN401 - see above
        return lambda: self.client.fetch_channel(channel_id)
