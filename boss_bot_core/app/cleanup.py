"""Builds the clean-ups of storage, for the bot and for commands beside it."""

from datetime import timedelta

from boss_bot_core.app.services import CoreServices
from boss_bot_core.domain.privacy import HistoryRetention
from boss_bot_core.operations.cleanup.service import CleanupService


def build_cleanup(services: CoreServices) -> CleanupService:
    """Return the clean-ups of the services' files and of their log."""
    settings = services.settings.storage
    history = HistoryRetention(
        downloads=timedelta(days=settings.history_retention_days), left_guild=timedelta(days=settings.left_server_days)
    )
    return CleanupService(services.storage, services.database, settings.folders.logs, history=history)
