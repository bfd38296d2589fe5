"""What a dispatch is, and the function that the others register with.

Name, payload and guarding intent are decided per event; which session gets it is decided by the hub.
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
    """Something sessions may be told.

    Attributes:
        name: The dispatch's ``t``.
        data: Its ``d`` for sessions that see content.
        data_without_content: Its ``d`` for the others; None when there is no difference.
        intent: What a session must want; none for what everybody gets.
        channel_id: The channel the bot must be able to see; None where that does not matter.
        guild_id: The guild the bot must be in; None for direct messages and interactions.
    """

    name: str
    data: JsonObject
    data_without_content: JsonObject | None = None
    intent: Intent = Intent.NONE
    channel_id: Snowflake | None = None
    guild_id: Snowflake | None = None


@singledispatch
def to_dispatch(_event: Event, _state: ServerState) -> Dispatch | None:
    """Return what sessions are told about an event; None for nothing."""
    return None
