"""Posts the operator's alerts in the channel of the setting `alert_channel_id`."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import discord
from loguru import logger

from boss_bot_core.app.app import App
from boss_bot_core.bot.api.errors import is_transient
from boss_bot_core.bot.api.retry import CONNECTION_ERRORS, new_nonce, retry_on_disconnect
from boss_bot_core.bot.language import use_language
from boss_bot_core.bot.language_choice import LanguageChoice
from boss_bot_core.bot.texts.alerts import format_alert
from boss_bot_core.concurrency import cancel_and_wait
from boss_bot_core.domain.items import LOCAL_ID
from boss_bot_core.operations.alert_monitor import AlertMonitor
from boss_bot_core.operations.alerts import Alert


class AlertChannel:
    """Sends alerts to a channel.

    Args:
        client: The client that sends them.
        channel_id: The channel; None for no channel.
        languages: Chooses the language of the channel's guild.
    """

    def __init__(self, client: discord.Client, channel_id: int | None, languages: LanguageChoice) -> None:
        self._client = client
        self._languages = languages
        self._channel = None if channel_id is None else client.get_partial_messageable(channel_id)

    async def send(self, alert: Alert) -> bool:
        """Post an alert; return False if Discord does not answer, so that it has to be sent again later."""
        channel = self._channel
        if channel is None:
            return True
        known = self._client.get_channel(channel.id)
        guild_id = LOCAL_ID if known is None else getattr(getattr(known, "guild", None), "id", LOCAL_ID)
        with use_language(self._languages.for_place(guild_id, LOCAL_ID)):
            text, nonce = format_alert(alert), new_nonce()
        try:
            await retry_on_disconnect(
                lambda: channel.send(text, nonce=nonce, allowed_mentions=discord.AllowedMentions.none())
            )
        except (discord.DiscordException, *CONNECTION_ERRORS) as error:
            logger.bind(action="alert").warning("The alert cannot be posted in alert_channel_id: {}", error)
            return not is_transient(error)
        return True


@asynccontextmanager
async def watch_for_alerts(app: App, channel: AlertChannel) -> AsyncIterator[None]:
    """Alert the operator until the block is left."""
    services = app.services
    monitor = AlertMonitor(services.storage, services.database, app.cookies.has_usable, channel.send)
    with app.bus.subscribe() as events:
        tasks = (asyncio.create_task(monitor.watch_events(events)), asyncio.create_task(monitor.watch_storage()))
        try:
            yield
        finally:
            await cancel_and_wait(*tasks)
