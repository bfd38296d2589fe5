"""The egress proxy: what a download may reach, how fast and how much."""

from boss_bot_core.egress.address_policy import AddressPolicy
from boss_bot_core.egress.errors import FAILURE_HEADER, REFUSED_HEADER
from boss_bot_core.egress.lease import Lease
from boss_bot_core.egress.model import BlockedRequest, EgressLimits, ProxyMetrics
from boss_bot_core.egress.proxy import EgressProxy

__all__ = [
    "FAILURE_HEADER",
    "REFUSED_HEADER",
    "AddressPolicy",
    "BlockedRequest",
    "EgressLimits",
    "EgressProxy",
    "Lease",
    "ProxyMetrics",
]
