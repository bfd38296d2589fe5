"""From the world's events to gateway dispatches.

Importing this package registers one function per event; what has none, Discord keeps to itself.
"""

from __future__ import annotations

from boss_bot_sandbox.discord.gateway.dispatch import guilds, messages
from boss_bot_sandbox.discord.gateway.dispatch.base import Dispatch, to_dispatch

__all__ = ["Dispatch", "guilds", "messages", "to_dispatch"]
