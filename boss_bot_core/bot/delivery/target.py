"""The place where files go, as it is now: limit, age restriction, the bot's permissions."""

from typing import Any

import attrs
import discord

from boss_bot_core.bot.api.retry import RetryPolicy
from boss_bot_core.bot.context.channel import ChannelInfo
from boss_bot_core.bot.context.channel_inspector import ChannelInspector
from boss_bot_core.delivery.deliverer import DeliveryForbiddenError


@attrs.frozen
class ChannelResolver:
    """Looks up channels.

    Attributes:
        client: Knows most of them.
        inspector: Reads their facts.
        retry_policy: Waits until the client knows.
    """

    client: discord.Client
    inspector: ChannelInspector
    retry_policy: RetryPolicy

    async def resolve(self, channel_id: int) -> ChannelInfo:
        """Return the place.

        Raises:
            DownloadFailedError: It is gone, out of reach, or the bot may not deliver there.
        """
        await self.retry_policy.wait_until_ready()
        # Any: discord.py has no common class for channels that take messages.
        channel: Any = self.client.get_channel(channel_id)
        if channel is None:
            channel = await self.retry_policy.run(self._fetcher(channel_id), self._fetcher(channel_id))
        place = await self.inspector.inspect(channel, _permissions(channel))
        if place.missing_permissions:
            raise DeliveryForbiddenError(f"I need {' and '.join(place.missing_permissions)} in that channel.")
        return place

    def _fetcher(self, channel_id: int) -> Any:  # noqa: ANN401 - see above
        return lambda: self.client.fetch_channel(channel_id)


def _permissions(channel: Any) -> discord.Permissions:  # noqa: ANN401 - see above
    guild: discord.Guild | None = getattr(channel, "guild", None)
    if guild is None or guild.me is None:
        return discord.Permissions.all()
    try:
        granted: discord.Permissions = channel.permissions_for(guild.me)
    except discord.ClientException:  # a thread whose channel the bot does not know
        return discord.Permissions.all()
    return granted
