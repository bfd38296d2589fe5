"""Slash commands as a person finds them under "/".

It offers what the person's Discord would offer in that place, and nothing else.
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
    """One person's commands."""

    def __init__(self, state: ServerState, user_id: Snowflake) -> None:
        self._state = state
        self._user_id = user_id

    def list_commands(self, channel: ChannelLike) -> list[Command]:
        """Return the commands that are offered in a channel, of all kinds."""
        return list_offered_commands(self._state, channel.id, self._user_id)

    async def slash(
        self,
        channel: ChannelLike,
        name: str,
        options: Mapping[str, OptionValue] | None = None,
        *,
        files: Sequence[tuple[str, str, bytes]] = (),
    ) -> InteractionObserver:
        """Use a slash command.

        Args:
            channel: Where.
            name: The command, subcommands after spaces.
            options: By name; people, roles and channels by id.
            files: Options that are files: option name, file name, bytes.

        Raises:
            NotOfferedError: The command is not offered there, or the options do not fit it.
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
        """Type into an option and return what is offered: objects with ``name`` and ``value``.

        Raises:
            NotOfferedError: There is no such command or option.
            UnansweredError: The bot offered nothing in time.
        """
        command, *path = name.split(" ")
        found = find_command(self.list_commands(channel), command, CommandKind.SLASH)
        data = build_command_data(
            found, path, {**(others or {}), option: typed}, self._new_resolved_data(channel), focused=option
        )
        exchange = self._open(InteractionKind.AUTOCOMPLETE, channel, data)
        return list((await exchange.wait_for_answer(timeout_s)).choices)

    def _new_resolved_data(self, channel: ChannelLike) -> ResolvedData:
        return ResolvedData(self._state, self._state.channel(channel.id), self._user_id)

    def _open(self, kind: InteractionKind, channel: ChannelLike, data: JsonObject) -> InteractionObserver:
        return InteractionObserver(self._state, open_interaction(self._state, kind, self._user_id, channel.id, data))
