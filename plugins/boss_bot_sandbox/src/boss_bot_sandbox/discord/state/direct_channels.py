"""Direct messages: one channel per pair of accounts.

It exists apart from guild channels because these are found by who takes part, not made by anybody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from boss_bot_sandbox.discord.errors import ApiError, ApiErrorKind
from boss_bot_sandbox.discord.model.channels import Channel, ChannelKind
from boss_bot_sandbox.discord.state.guilds import add_channel

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.model.snowflake import Snowflake
    from boss_bot_sandbox.discord.state.server_state import ServerState


def find_direct_channel(state: ServerState, one_id: Snowflake, other_id: Snowflake) -> Channel:
    """Return the channel between two accounts; it is made when there is none.

    Raises:
        ApiError: An account is unknown, or both are the same.
    """
    if one_id == other_id:
        raise ApiError(ApiErrorKind.CANNOT_MESSAGE_USER)
    pair = {state.user(one_id).id, state.user(other_id).id}
    for channel in state.channels.values():
        if channel.kind is ChannelKind.DM and set(channel.recipient_ids) == pair:
            return channel
    return add_channel(
        state, Channel(id=state.ids.generate(), kind=ChannelKind.DM, name="", recipient_ids=(one_id, other_id))
    )
