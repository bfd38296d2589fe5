"""Logging: readable lines on the console and JSON in a rotating file, both without secrets."""

from contextlib import AbstractContextManager

from loguru import logger

from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.log.redaction import Redactor
from boss_bot_core.log.setup import hide_secrets, set_up_logging

__all__ = ["Redactor", "bind_job", "hide_secrets", "set_up_logging"]


def bind_job(item: DownloadItem, *, action: str, plugin: str | None = None) -> AbstractContextManager[None]:
    """Return a context in which every log record, also of libraries, carries the fields of the job.

    Args:
        item: The download of the job.
        action: The current action, such as `download`.
        plugin: The plugin that performs it, if that is not the item's first candidate.
    """
    return logger.contextualize(job_id=item.short_id, plugin=plugin or item.plugin, action=action)
