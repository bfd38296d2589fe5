"""Runs commands of the context menus of messages and users.

In contrast to slash commands they have a target instead of options.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from boss_bot_sandbox.discord.model.command import Command, CommandKind
from boss_bot_sandbox.discord.model.interaction import InteractionKind
from boss_bot_sandbox.discord.state.command_registry import list_available_commands
from boss_bot_sandbox.discord.state.interactions import open_interaction
from boss_bot_sandbox.discord.user_client.command_data import build_command_data
from boss_bot_sandbox.discord.user_client.errors import NotOfferedError
from boss_bot_sandbox.discord.user_client.interaction_observer import InteractionObserver
from boss_bot_sandbox.discord.user_client.resolved_data import ResolvedData

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.model.message import Message
    from boss_bot_sandbox.discord.model.snowflake import Snowflake
    from boss_bot_sandbox.discord.model.users import User
    from boss_bot_sandbox.discord.state.server_state import ServerState
    from boss_bot_sandbox.discord.user_client.channel_observer import ChannelLike


class ContextMenus:
    """The context menus of one user."""

    def __init__(self, state: ServerState, user_id: Snowflake) -> None:
        self._state = state
        self._user_id = user_id

    async def message(self, name: str, message: Message) -> InteractionObserver:
        """Run a command of the context menu of a message.

        Raises:
            NotOfferedError: The menu does not have it.
        """
        resolved = self._new_resolved_data(message.channel_id)
        resolved.add_message(self._state.message(message.channel_id, message.id))
        return self._use(message.channel_id, name, CommandKind.MESSAGE_MENU, message.id, resolved)

    async def user(self, channel: ChannelLike, name: str, user: User) -> InteractionObserver:
        """Run a command of the context menu of a user.

        Raises:
            NotOfferedError: The menu does not have it.
        """
        resolved = self._new_resolved_data(channel.id)
        resolved.add_user(user.id)
        return self._use(channel.id, name, CommandKind.USER_MENU, user.id, resolved)

    def _use(
        self, channel_id: Snowflake, name: str, kind: CommandKind, target_id: Snowflake, resolved: ResolvedData
    ) -> InteractionObserver:
        command = find_command(list_offered_commands(self._state, channel_id, self._user_id), name, kind)
        data = build_command_data(command, [], {}, resolved) | {"target_id": str(target_id)}
        interaction = open_interaction(self._state, InteractionKind.COMMAND, self._user_id, channel_id, data)
        return InteractionObserver(self._state, interaction)

    def _new_resolved_data(self, channel_id: Snowflake) -> ResolvedData:
        return ResolvedData(self._state, self._state.channel(channel_id), self._user_id)


def list_offered_commands(state: ServerState, channel_id: Snowflake, user_id: Snowflake) -> list[Command]:
    """Return the commands that a user is offered in a channel."""
    return list_available_commands(state, state.channel(channel_id), user_id)


def find_command(commands: list[Command], name: str, kind: CommandKind) -> Command:
    """Return the offered command with that name and kind.

    Raises:
        NotOfferedError: There is none.
    """
    of_kind = [one for one in commands if one.kind is kind]
    for command in of_kind:
        if command.name == name:
            return command
    raise NotOfferedError(f"no command {name!r} here; there are {[one.name for one in of_kind]}")
