"""Faults of REST requests: their effects, the requests that they apply to, and the plan of pending faults."""

from __future__ import annotations

from boss_bot_sandbox.discord.faults.fault import Delay, Effect, Fault, Limited, Refused, Reset, Status
from boss_bot_sandbox.discord.faults.plan import FaultPlan
from boss_bot_sandbox.discord.faults.route import RoutePattern

__all__ = ["Delay", "Effect", "Fault", "FaultPlan", "Limited", "Refused", "Reset", "RoutePattern", "Status"]
