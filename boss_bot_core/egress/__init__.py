"""The egress proxy: which hosts a download may reach, at which rate, and how many bytes it may transfer."""

from boss_bot_core.egress.address_policy import AddressPolicy
from boss_bot_core.egress.errors import FAILURE_HEADER, REFUSED_HEADER
from boss_bot_core.egress.lease import Lease
from boss_bot_core.egress.model import LIMIT_REASONS, BlockedRequest, EgressLimits, ProxyMetrics
from boss_bot_core.egress.proxy import EgressProxy

__all__ = [
    "FAILURE_HEADER",
    "LIMIT_REASONS",
    "REFUSED_HEADER",
    "AddressPolicy",
    "BlockedRequest",
    "EgressLimits",
    "EgressProxy",
    "Lease",
    "ProxyMetrics",
]
