"""From the world's events to gateway dispatches.

Importing this package registers one function per event; what has none, Discord keeps to itself.
"""

from __future__ import annotations

from boss_bot_sandbox.discord.gateway.dispatch import messages, places
from boss_bot_sandbox.discord.gateway.dispatch.base import Dispatch, to_dispatch

__all__ = ["Dispatch", "messages", "places", "to_dispatch"]
