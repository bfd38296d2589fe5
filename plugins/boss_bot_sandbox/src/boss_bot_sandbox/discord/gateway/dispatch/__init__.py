"""Converts events to gateway dispatches.

Importing this package registers one converter per event type. Discord does not dispatch the other events.
"""

from __future__ import annotations

from boss_bot_sandbox.discord.gateway.dispatch import guilds, messages
from boss_bot_sandbox.discord.gateway.dispatch.base import Dispatch, to_dispatch

__all__ = ["Dispatch", "guilds", "messages", "to_dispatch"]
