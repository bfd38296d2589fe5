"""The egress proxy: what a download may reach, how fast and how much."""

from boss_bot_core.worker.egress.address_policy import AddressPolicy
from boss_bot_core.worker.egress.blocked import BlockedAttempt
from boss_bot_core.worker.egress.errors import FAILURE_HEADER, REFUSED_HEADER
from boss_bot_core.worker.egress.lease import Lease
from boss_bot_core.worker.egress.limits import EgressLimits
from boss_bot_core.worker.egress.proxy import EgressProxy
from boss_bot_core.worker.egress.totals import EgressTotals

__all__ = [
    "FAILURE_HEADER",
    "REFUSED_HEADER",
    "AddressPolicy",
    "BlockedAttempt",
    "EgressLimits",
    "EgressProxy",
    "EgressTotals",
    "Lease",
]
