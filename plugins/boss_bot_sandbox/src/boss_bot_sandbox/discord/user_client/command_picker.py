"""The command picker under "/": runs slash commands and requests autocomplete choices.

It offers only the commands that Discord's client would offer to the user in the channel.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from boss_bot_sandbox.discord.model.command import Command, CommandKind
from boss_bot_sandbox.discord.model.interaction import InteractionKind
from boss_bot_sandbox.discord.state.event_log import WAIT_TIMEOUT_S
from boss_bot_sandbox.discord.state.files import attach_uploads, store_upload
from boss_bot_sandbox.discord.state.interactions import open_interaction
from boss_bot_sandbox.discord.user_client.command_data import OptionValue, build_command_data
from boss_bot_sandbox.discord.user_client.context_menus import find_command, list_offered_commands
from boss_bot_sandbox.discord.user_client.interaction_observer import InteractionObserver
from boss_bot_sandbox.discord.user_client.resolved_data import ResolvedData

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from boss_bot_sandbox.discord.jsontypes import JsonObject
    from boss_bot_sandbox.discord.model.snowflake import Snowflake
    from boss_bot_sandbox.discord.state.server_state import ServerState
    from boss_bot_sandbox.discord.user_client.channel_observer import ChannelLike


class CommandPicker:
    """The command picker of one user."""

    def __init__(self, state: ServerState, user_id: Snowflake) -> None:
        self._state = state
        self._user_id = user_id

    def list_commands(self, channel: ChannelLike) -> list[Command]:
        """Return the commands of all kinds that the user is offered in a channel."""
        return list_offered_commands(self._state, channel.id, self._user_id)

    async def slash(
        self,
        channel: ChannelLike,
        name: str,
        options: Mapping[str, OptionValue] | None = None,
        *,
        files: Sequence[tuple[str, str, bytes]] = (),
    ) -> InteractionObserver:
        """Run a slash command.

        Args:
            channel: The channel.
            name: The name of the command, followed by subcommands after spaces.
            options: The values by option name; users, roles and channels are given by id.
            files: The file options: option name, file name, bytes.

        Raises:
            NotOfferedError: The command is not offered in the channel, or the options do not match it.
        """
        resolved, values = self._new_resolved_data(channel), dict(options or {})
        for slot, (option, filename, content) in enumerate(files):
            upload = await store_upload(self._state, slot, filename, content)
            attachments = attach_uploads(self._state, channel.id, (upload,), {}, ephemeral=True)
            resolved.register_attachments(attachments)
            values[option] = str(attachments[0].id)
        command, *path = name.split(" ")
        data = build_command_data(
            find_command(self.list_commands(channel), command, CommandKind.SLASH), path, values, resolved
        )
        return self._open(InteractionKind.COMMAND, channel, data)

    async def complete(
        self,
        channel: ChannelLike,
        name: str,
        option: str,
        typed: str = "",
        others: Mapping[str, OptionValue] | None = None,
        timeout_s: float = WAIT_TIMEOUT_S,
    ) -> list[JsonObject]:
        """Type into an option and return the autocomplete choices: objects with ``name`` and ``value``.

        Raises:
            NotOfferedError: There is no such command or option.
            UnansweredError: The bot did not answer in time.
        """
        command, *path = name.split(" ")
        found = find_command(self.list_commands(channel), command, CommandKind.SLASH)
        data = build_command_data(
            found, path, {**(others or {}), option: typed}, self._new_resolved_data(channel), focused=option
        )
        observer = self._open(InteractionKind.AUTOCOMPLETE, channel, data)
        return list((await observer.wait_for_answer(timeout_s)).choices)

    def _new_resolved_data(self, channel: ChannelLike) -> ResolvedData:
        return ResolvedData(self._state, self._state.channel(channel.id), self._user_id)

    def _open(self, kind: InteractionKind, channel: ChannelLike, data: JsonObject) -> InteractionObserver:
        return InteractionObserver(self._state, open_interaction(self._state, kind, self._user_id, channel.id, data))
