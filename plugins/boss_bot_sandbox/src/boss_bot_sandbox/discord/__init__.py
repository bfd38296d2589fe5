"""A local Discord: REST v10, gateway and CDN on loopback, for an unmodified discord.py client.

Tests drive its users and observe its events from Python, or from another process through ``/_control/``::

    async with LocalDiscord() as server:
        with redirect_clients(server.rest_url, server.gateway_url, server.cdn_url):
            ...  # run a bot with server.token
            await server.user("ada").say(server.channel("general"), "$dl https://…")
            card = await server.channel("general").wait_for(lambda message: "%" in message.content)
"""

from __future__ import annotations

from boss_bot_sandbox.discord.errors import ApiError, ApiErrorKind
from boss_bot_sandbox.discord.events import Event, LogEntry
from boss_bot_sandbox.discord.model.channels import Overwrite
from boss_bot_sandbox.discord.model.permissions import Permission
from boss_bot_sandbox.discord.options import MIB, Options, PrivilegedIntent, RateLimit, TooLargeVariant
from boss_bot_sandbox.discord.server import LocalDiscord
from boss_bot_sandbox.discord.user_client.channel_observer import ChannelObserver
from boss_bot_sandbox.discord.user_client.client import UserClient
from boss_bot_sandbox.discord.user_client.errors import NotOfferedError, UnansweredError, UserActionError
from boss_bot_sandbox.discord.user_client.interaction_observer import InteractionObserver

__all__ = [
    "MIB",
    "ApiError",
    "ApiErrorKind",
    "ChannelObserver",
    "Event",
    "InteractionObserver",
    "LocalDiscord",
    "LogEntry",
    "NotOfferedError",
    "Options",
    "Overwrite",
    "Permission",
    "PrivilegedIntent",
    "RateLimit",
    "TooLargeVariant",
    "UnansweredError",
    "UserActionError",
    "UserClient",
]
