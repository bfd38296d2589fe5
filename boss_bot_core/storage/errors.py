"""What only storage raises."""

from boss_bot_core.errors import BossBotError


class StorageError(BossBotError):
    """Something in storage is not as it was left: the text names it by id, never by path."""
