"""The dispatch value, and the generic function that converts an event to it.

The converters decide name, payload and intent; the hub decides which sessions get the dispatch.
"""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING

import attrs

from boss_bot_sandbox.discord.gateway.protocol import Intent
from boss_bot_sandbox.discord.jsontypes import JsonObject
from boss_bot_sandbox.discord.model.snowflake import Snowflake

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.events import Event
    from boss_bot_sandbox.discord.state.server_state import ServerState


@attrs.frozen(kw_only=True)
class Dispatch:
    """A dispatch for all sessions that may receive it.

    Attributes:
        name: The field ``t``.
        data: The field ``d`` for sessions with the Message Content intent.
        data_without_content: The field ``d`` for other sessions; None when it is the same.
        intent: The intent that a session needs; none when every session gets the dispatch.
        channel_id: The channel that the bot must be able to view; None for any.
        guild_id: The guild that the bot must be a member of; None for direct messages and interactions.
    """

    name: str
    data: JsonObject
    data_without_content: JsonObject | None = None
    intent: Intent = Intent.NONE
    channel_id: Snowflake | None = None
    guild_id: Snowflake | None = None


@singledispatch
def to_dispatch(_event: Event, _state: ServerState) -> Dispatch | None:
    """Return the dispatch of an event; None for an event that is not dispatched."""
    return None
