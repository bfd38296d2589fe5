"""Finds users, channels and guilds by name or id.

Tests use names, and the web page sends ids.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from boss_bot_sandbox.discord.user_client.channel_observer import ChannelObserver
from boss_bot_sandbox.discord.user_client.client import UserClient

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.model.channels import Guild
    from boss_bot_sandbox.discord.model.snowflake import Snowflake
    from boss_bot_sandbox.discord.state.server_state import ServerState


def find_user(state: ServerState, name: str) -> UserClient:
    """Return the client of a user by username or id.

    Raises:
        LookupError: There is none.
    """
    return UserClient(state, _find_id({one.username: one.id for one in state.users.values()}, name))


def find_channel(state: ServerState, name: str, viewer_id: Snowflake | None = None) -> ChannelObserver:
    """Return the observer of a channel by name or id; a viewer does not see other users' ephemeral messages.

    Raises:
        LookupError: There is none.
    """
    return ChannelObserver(
        state, _find_id({one.name or str(one.id): one.id for one in state.channels.values()}, name), viewer_id
    )


def find_guild(state: ServerState, name: str) -> Guild:
    """Return a guild by name or id.

    Raises:
        LookupError: There is none.
    """
    return state.guilds[_find_id({one.name: one.id for one in state.guilds.values()}, name)]


def _find_id(ids: dict[str, Snowflake], name: str) -> Snowflake:
    by_id = {str(one): one for one in ids.values()}
    if name in ids:
        return ids[name]
    if name in by_id:
        return by_id[name]
    raise LookupError(f"nothing is called {name!r}; there are {sorted(ids)}")
