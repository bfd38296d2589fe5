"""What may go wrong on purpose: how long, how often, and on which requests."""

from __future__ import annotations

from boss_bot_sandbox.discord.faults.fault import Delay, Effect, Fault, Limited, Refused, Reset, Status
from boss_bot_sandbox.discord.faults.plan import FaultPlan
from boss_bot_sandbox.discord.faults.route import RoutePattern

__all__ = ["Delay", "Effect", "Fault", "FaultPlan", "Limited", "Refused", "Reset", "RoutePattern", "Status"]
