"""Commands in the menus of messages and people.

They exist apart from slash commands because they have a target instead of options.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from boss_bot_sandbox.discord.model.command import Command, CommandKind
from boss_bot_sandbox.discord.model.interaction import InteractionKind
from boss_bot_sandbox.discord.state.command_registry import available
from boss_bot_sandbox.discord.state.interactions import open_interaction
from boss_bot_sandbox.discord.user_client.command_data import command_data
from boss_bot_sandbox.discord.user_client.errors import NotOfferedError
from boss_bot_sandbox.discord.user_client.interaction_observer import Exchange
from boss_bot_sandbox.discord.user_client.resolved_data import Resolved

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.model.message import Message
    from boss_bot_sandbox.discord.model.snowflake import Snowflake
    from boss_bot_sandbox.discord.model.users import User
    from boss_bot_sandbox.discord.state.server_state import World
    from boss_bot_sandbox.discord.user_client.channel_observer import Place


class Menus:
    """One person's menus."""

    def __init__(self, world: World, user_id: Snowflake) -> None:
        self._world = world
        self._user_id = user_id

    async def message(self, name: str, message: Message) -> Exchange:
        """Use a command of a message's menu.

        Raises:
            NotOfferedError: The menu does not have it.
        """
        resolved = self._resolved(message.channel_id)
        resolved.message(self._world.message(message.channel_id, message.id))
        return self._use(message.channel_id, name, CommandKind.MESSAGE_MENU, message.id, resolved)

    async def user(self, channel: Place, name: str, user: User) -> Exchange:
        """Use a command of a person's menu.

        Raises:
            NotOfferedError: The menu does not have it.
        """
        resolved = self._resolved(channel.id)
        resolved.user(user.id)
        return self._use(channel.id, name, CommandKind.USER_MENU, user.id, resolved)

    def _use(
        self, channel_id: Snowflake, name: str, kind: CommandKind, target_id: Snowflake, resolved: Resolved
    ) -> Exchange:
        command = find_command(offered(self._world, channel_id, self._user_id), name, kind)
        data = command_data(command, [], {}, resolved) | {"target_id": str(target_id)}
        interaction = open_interaction(self._world, InteractionKind.COMMAND, self._user_id, channel_id, data)
        return Exchange(self._world, interaction)

    def _resolved(self, channel_id: Snowflake) -> Resolved:
        return Resolved(self._world, self._world.channel(channel_id), self._user_id)


def offered(world: World, channel_id: Snowflake, user_id: Snowflake) -> list[Command]:
    """Return the commands somebody is offered in a channel."""
    return available(world, world.channel(channel_id), user_id)


def find_command(commands: list[Command], name: str, kind: CommandKind) -> Command:
    """Return the command of that name among those offered.

    Raises:
        NotOfferedError: There is none.
    """
    of_kind = [one for one in commands if one.kind is kind]
    for command in of_kind:
        if command.name == name:
            return command
    raise NotOfferedError(f"no command {name!r} here; there are {[one.name for one in of_kind]}")
