"""People: who may download what, how each wants to be told, and what servers decided about both."""

from boss_bot_core.people.access import decide, permit_of
from boss_bot_core.people.errors import AccessDeniedError, DailyLimitError, SettingRefusedError
from boss_bot_core.people.own_settings import as_typed
from boss_bot_core.people.permit import AccessRequest, Permit, Refusal
from boss_bot_core.people.service import People
from boss_bot_core.people.setting import Scope, Setting
from boss_bot_core.people.standing import Allowances, DailyUse, Standing

__all__ = [
    "AccessDeniedError",
    "AccessRequest",
    "Allowances",
    "DailyLimitError",
    "DailyUse",
    "People",
    "Permit",
    "Refusal",
    "Scope",
    "Setting",
    "SettingRefusedError",
    "Standing",
    "as_typed",
    "decide",
    "permit_of",
]
