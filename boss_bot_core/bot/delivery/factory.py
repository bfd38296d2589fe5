"""Builds the deliverer of Discord's channels and the inspector of channels, from the settings and the services."""

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from boss_bot_core.access import AccessService
from boss_bot_core.app.services import CoreServices
from boss_bot_core.bot.context.channel_inspector import ChannelInspector
from boss_bot_core.bot.delivery.deliverer import DiscordDeliverer
from boss_bot_core.delivery import Deliverer
from boss_bot_core.settings import Settings

if TYPE_CHECKING:
    from boss_bot_core.bot.client import BossBot


def build_deliverers(bot: "BossBot", services: CoreServices) -> Mapping[str, Deliverer]:
    """Return the deliverers of destinations in Discord, by their kind."""
    deliverer = DiscordDeliverer(
        client=bot,
        database=services.database,
        inspector=build_inspector(services.settings, services.access),
        learn_limit=services.access.learn_upload_limit,
        kept_for=timedelta(hours=services.settings.storage.failed_retention_hours),
        retry_period_s=services.settings.discord.delivery_patience_s,
    )
    return {"discord": deliverer}


def build_inspector(settings: Settings, access: AccessService) -> ChannelInspector:
    """Return the inspector of channels, which knows their upload limits."""
    return ChannelInspector(
        default_limit_bytes=settings.discord.upload_limit_bytes,
        cap_bytes=settings.download.max_file_size_bytes,
        learned_limit=access.learned_upload_limit,
    )
