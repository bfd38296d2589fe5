"""Builds the clean-ups of storage, for the bot and for commands beside it."""

from boss_bot_core.app.services import CoreServices
from boss_bot_core.operations.cleanup.service import CleanupService


def build_cleanup(services: CoreServices) -> CleanupService:
    """Return the clean-ups of the services' files and of their log."""
    return CleanupService(services.storage, services.database, services.settings.storage.folders.logs)
