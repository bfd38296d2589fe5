"""Builds the privacy service, for the bot and for commands beside it, and tells what an installation keeps how long."""

from datetime import timedelta

from boss_bot_core.app.services import CoreServices
from boss_bot_core.domain.privacy import KeptPeriods
from boss_bot_core.operations.cleanup.service import CleanupService
from boss_bot_core.operations.privacy import CancelDownload, PrivacyService
from boss_bot_core.settings import Settings


def build_privacy(services: CoreServices, cleanup: CleanupService, cancel: CancelDownload) -> PrivacyService:
    """Return the service over the open services.

    Args:
        services: Database and storage.
        cleanup: The clean-ups of the same folders.
        cancel: Cancels a download, and tells those who wait for it.
    """
    layout, on_deleted = services.storage.layout, services.access.forget_deleted
    return PrivacyService(services.database, layout, cleanup.eraser, cancel, on_deleted)


def read_periods(settings: Settings) -> KeptPeriods:
    """Return how long this installation keeps what it keeps."""
    storage, log = settings.storage, settings.log
    return KeptPeriods(
        files=timedelta(hours=storage.temp_file_retention_hours),
        premium_files=timedelta(hours=storage.premium_retention_hours),
        failed_files=timedelta(hours=storage.failed_retention_hours),
        records=timedelta(days=storage.history_retention_days),
        left_guild=timedelta(days=storage.left_server_days),
        log_bytes=log.log_rotation_bytes * (log.log_files_kept + 1),
    )
