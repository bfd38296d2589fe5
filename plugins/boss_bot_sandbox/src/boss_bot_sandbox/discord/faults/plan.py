"""The plan of pending REST faults, and whether there is an outage.

`FaultInjector` fills it, and the REST middleware reads it.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.faults.fault import Fault


class FaultPlan:
    """The pending faults; the first one that matches a request applies."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._outage_until_s = 0.0

    @property
    def pending(self) -> tuple[Fault, ...]:
        """The faults that have not been used up."""
        return tuple(self._faults)

    @property
    def is_outage(self) -> bool:
        """Whether there is an outage now."""
        return time.monotonic() < self._outage_until_s

    def add(self, fault: Fault) -> None:
        """Add a fault."""
        self._faults.append(fault)

    def begin_outage(self, duration_s: float) -> None:
        """Begin an outage that ends after ``duration_s``."""
        self._outage_until_s = time.monotonic() + duration_s

    def clear(self) -> None:
        """Remove all pending faults and end an outage."""
        self._faults.clear()
        self._outage_until_s = 0.0

    def take(self, method: str, path: str) -> Fault | None:
        """Return the fault that applies to a request and count the use of it; None when no fault applies."""
        for position, fault in enumerate(self._faults):
            if not fault.route.matches(method, path):
                continue
            if fault.skip:
                self._faults[position] = attrs.evolve(fault, skip=fault.skip - 1)
                continue
            if fault.count == 1:
                del self._faults[position]
            elif fault.count is not None:
                self._faults[position] = attrs.evolve(fault, count=fault.count - 1)
            return fault
        return None
