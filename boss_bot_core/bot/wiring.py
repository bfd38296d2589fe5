"""Wires the bot: opens the app, builds the services of the bot, adds the cogs, and starts downloads last."""

from collections.abc import Mapping
from contextlib import AsyncExitStack
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from loguru import logger

from boss_bot_core.app.app import open_app
from boss_bot_core.app.privacy import build_privacy, read_periods
from boss_bot_core.app.services import CoreServices
from boss_bot_core.app.worker_setup import NO_FFMPEG
from boss_bot_core.bot.alerts import AlertChannel, watch_for_alerts
from boss_bot_core.bot.cards.message_api import CardMessages
from boss_bot_core.bot.cards.recovery import recover_lost_cards
from boss_bot_core.bot.cards.repository import CardRepository
from boss_bot_core.bot.cards.service import CardService
from boss_bot_core.bot.cogs.cancel import CancelCog
from boss_bot_core.bot.cogs.destinations import DestinationsCog
from boss_bot_core.bot.cogs.download import DownloadCog
from boss_bot_core.bot.cogs.edits import EditsCog
from boss_bot_core.bot.cogs.events import EventsCog
from boss_bot_core.bot.cogs.help import HelpCog, HelpPages
from boss_bot_core.bot.cogs.memberships import MembershipsCog
from boss_bot_core.bot.cogs.owner import OwnerCog
from boss_bot_core.bot.cogs.privacy import PrivacyCog
from boss_bot_core.bot.cogs.queue import QueueCog
from boss_bot_core.bot.cogs.reactions import ReactionsCog
from boss_bot_core.bot.cogs.settings import SettingsCog
from boss_bot_core.bot.cogs.storage import StorageCog
from boss_bot_core.bot.context.channel_inspector import build_inspector
from boss_bot_core.bot.context.factory import ContextFactory
from boss_bot_core.bot.controls.service import ControlService
from boss_bot_core.bot.delivery.deliverer import DiscordDeliverer
from boss_bot_core.bot.submission import DownloadSubmitter
from boss_bot_core.bot.views.card_buttons import CardButton
from boss_bot_core.delivery import Deliverer
from boss_bot_core.worker import Zygote

if TYPE_CHECKING:
    from boss_bot_core.bot.client import BossBot


async def wire_bot(bot: "BossBot", stack: AsyncExitStack, zygote: Zygote | None = None) -> None:
    """Open everything that the bot needs, to be closed with `stack`, and add its commands.

    Args:
        bot: The bot.
        stack: Closes what is opened.
        zygote: A zygote that has been started already; None starts one here.

    Raises:
        DispatcherRunningError: Another process works on the same folder.
        DatabaseError: The database cannot be used.
        ZygoteStartError: The plugins could not be started.
    """
    settings = bot.settings
    deliverers = partial(_build_deliverers, bot)
    app = await stack.enter_async_context(open_app(settings, deliverers, must_dispatch=True, zygote=zygote))
    bot.app = app
    if app.engine is not None and app.engine.ffmpeg is None:
        logger.bind(action="start").warning(NO_FFMPEG)
    access = app.services.access
    card_repository, messages = CardRepository(app.service, app.services.database), CardMessages(bot)
    cards = CardService(card_repository, messages, access, app.bus, settings)
    inspector = build_inspector(settings, access)
    contexts = ContextFactory(inspector, access.prefixes.find)
    platforms = app.plugins.platforms()

    async def guild_upload_limit(guild_id: int) -> int:
        return await inspector.guild_upload_limit(bot.get_guild(guild_id))

    bot.controls = ControlService(app.service, access, cards, bot.is_owner_id, guild_upload_limit)
    bot.add_dynamic_items(CardButton)
    privacy = build_privacy(app.services, app.cleanup, app.service.cancel)
    for cog in (
        HelpCog(bot, contexts, HelpPages(platforms.values())),
        QueueCog(contexts, app.service),
        CancelCog(contexts, app.service, bot.controls),
        SettingsCog(contexts, access, app.services.chat_settings, bot.is_owner_id, settings.queue.max_attempts),
        StorageCog(bot, contexts, app, bot.is_owner_id),
        PrivacyCog(contexts, privacy, read_periods(settings)),
        OwnerCog(bot, contexts, app, bot.metrics),
        ReactionsCog(bot, app.services.database, bot.controls),
        EventsCog(bot, bot.metrics, access),
        MembershipsCog(bot, app.services.database, access, messages),
        EditsCog(bot),
        DestinationsCog(bot, app.service, cards.notices),
        # The last: what plugins call their commands must not be in the way of the bot's own.
        DownloadCog(bot, contexts, DownloadSubmitter(app.service, access, cards, bot.is_owner_id), platforms),
    ):
        await bot.add_cog(cog)

    # Cards listen before the first download runs, and close before the last one is released: they know what ran.
    await cards.start()
    await stack.enter_async_context(watch_for_alerts(app, AlertChannel(bot, settings.discord.alert_channel_id)))
    await stack.enter_async_context(app.dispatch())
    stack.push_async_callback(cards.close)
    await stack.enter_async_context(recover_lost_cards(bot, card_repository, cards))


def _build_deliverers(bot: "BossBot", services: CoreServices) -> Mapping[str, Deliverer]:
    deliverer = DiscordDeliverer(
        client=bot,
        database=services.database,
        inspector=build_inspector(services.settings, services.access),
        learn_limit=services.access.learn_upload_limit,
        kept_for=timedelta(hours=services.settings.storage.failed_retention_hours),
        retry_period_s=services.settings.discord.delivery_patience_s,
    )
    return {"discord": deliverer}
