"""Access: which user may download in which guild, with which limits and preferences."""

from boss_bot_core.access.model import (
    AccessDenied,
    AccessDeniedError,
    AccessGranted,
    AccessRequest,
    DailyLimitError,
)
from boss_bot_core.access.policy import compute_grant, decide_access
from boss_bot_core.access.profile import AccessProfile, DailyUse, OperatorLimits, read_is_premium
from boss_bot_core.access.service import AccessService

__all__ = [
    "AccessDenied",
    "AccessDeniedError",
    "AccessGranted",
    "AccessProfile",
    "AccessRequest",
    "AccessService",
    "DailyLimitError",
    "DailyUse",
    "OperatorLimits",
    "compute_grant",
    "decide_access",
    "read_is_premium",
]
