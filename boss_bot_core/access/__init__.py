"""People: who may download what, how each wants to be told, and what servers decided about both."""

from boss_bot_core.access.model import (
    AccessDeniedError,
    AccessRequest,
    DailyLimitError,
    Permit,
    Refusal,
)
from boss_bot_core.access.policy import decide, permit_of
from boss_bot_core.access.profile import Allowances, DailyUse, Standing
from boss_bot_core.access.service import People

__all__ = [
    "AccessDeniedError",
    "AccessRequest",
    "Allowances",
    "DailyLimitError",
    "DailyUse",
    "People",
    "Permit",
    "Refusal",
    "Standing",
    "decide",
    "permit_of",
]
