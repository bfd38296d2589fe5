"""Logging: a line for people on the console, JSON for machines in a rotating file, and no secret in either."""

from contextlib import AbstractContextManager

from loguru import logger

from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.log.redaction import Redactor
from boss_bot_core.log.setup import set_up_logging

__all__ = ["Redactor", "bind_job", "set_up_logging"]


def bind_job(item: DownloadItem, *, action: str, plugin: str | None = None) -> AbstractContextManager[None]:
    """Return a context in which everything that is logged carries the job's fields, also by libraries.

    Args:
        item: The job.
        action: What is being done: `download`.
        plugin: Who does it, where that is not the item's first candidate.
    """
    return logger.contextualize(job_id=item.short_id, plugin=plugin or item.plugin, action=action)
