"""Reads the retention states of downloads from the database: what may be deleted depends on them."""

from collections.abc import Iterable
from uuid import UUID

from boss_bot_core.database import ReadUnit
from boss_bot_core.domain.errors import ErrorType
from boss_bot_core.errors import is_retryable
from boss_bot_core.storage.retention import RetentionState, decide_retention_state
from boss_bot_core.storage.scan import ItemFolder


async def read_retention_states(tx: ReadUnit, folders: Iterable[ItemFolder]) -> dict[UUID, RetentionState]:
    """Return the states of the downloads that some folders belong to, without those that the database lacks."""
    items = await tx.items.list_by_ids({folder.item_id for folder in folders})
    return {
        item.id: decide_retention_state(item, retryable=is_retryable(item.error_type or ErrorType.UNKNOWN))
        for item in items
    }
