"""Finding people and places by the names people use.

Tests write names, the page sends ids; both are taken everywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from boss_bot_sandbox.discord.user_client.channel_observer import ChannelView
from boss_bot_sandbox.discord.user_client.client import HumanUser

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.model.channels import Guild
    from boss_bot_sandbox.discord.model.snowflake import Snowflake
    from boss_bot_sandbox.discord.state.server_state import World


def find_user(world: World, name: str) -> HumanUser:
    """Return a person by username or id.

    Raises:
        LookupError: There is none.
    """
    return HumanUser(world, _found({one.username: one.id for one in world.users.values()}, name))


def find_channel(world: World, name: str, viewer_id: Snowflake | None = None) -> ChannelView:
    """Return a channel by name or id; a viewer sees no other's ephemeral messages.

    Raises:
        LookupError: There is none.
    """
    return ChannelView(
        world, _found({one.name or str(one.id): one.id for one in world.channels.values()}, name), viewer_id
    )


def find_guild(world: World, name: str) -> Guild:
    """Return a guild by name or id.

    Raises:
        LookupError: There is none.
    """
    return world.guilds[_found({one.name: one.id for one in world.guilds.values()}, name)]


def _found(ids: dict[str, Snowflake], name: str) -> Snowflake:
    by_id = {str(one): one for one in ids.values()}
    if name in ids:
        return ids[name]
    if name in by_id:
        return by_id[name]
    raise LookupError(f"nothing is called {name!r}; there are {sorted(ids)}")
