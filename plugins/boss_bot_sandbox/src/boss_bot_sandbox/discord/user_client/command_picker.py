"""Slash commands as a person finds them under "/".

It offers what the person's Discord would offer in that place, and nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from boss_bot_sandbox.discord.model.command import Command, CommandKind
from boss_bot_sandbox.discord.model.interaction import InteractionKind
from boss_bot_sandbox.discord.state.event_log import PATIENCE_S
from boss_bot_sandbox.discord.state.files import attach, take
from boss_bot_sandbox.discord.state.interactions import open_interaction
from boss_bot_sandbox.discord.user_client.command_data import OptionValue, command_data
from boss_bot_sandbox.discord.user_client.context_menus import find_command, offered
from boss_bot_sandbox.discord.user_client.interaction_observer import Exchange
from boss_bot_sandbox.discord.user_client.resolved_data import Resolved

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from boss_bot_sandbox.discord.jsontypes import JsonObject
    from boss_bot_sandbox.discord.model.snowflake import Snowflake
    from boss_bot_sandbox.discord.state.server_state import World
    from boss_bot_sandbox.discord.user_client.channel_observer import Place


class Palette:
    """One person's commands."""

    def __init__(self, world: World, user_id: Snowflake) -> None:
        self._world = world
        self._user_id = user_id

    def offered(self, channel: Place) -> list[Command]:
        """Return the commands that are offered in a channel, of all kinds."""
        return offered(self._world, channel.id, self._user_id)

    async def slash(
        self,
        channel: Place,
        name: str,
        options: Mapping[str, OptionValue] | None = None,
        *,
        files: Sequence[tuple[str, str, bytes]] = (),
    ) -> Exchange:
        """Use a slash command.

        Args:
            channel: Where.
            name: The command, subcommands after spaces.
            options: By name; people, roles and channels by id.
            files: Options that are files: option name, file name, bytes.

        Raises:
            NotOfferedError: The command is not offered there, or the options do not fit it.
        """
        resolved, values = self._resolved(channel), dict(options or {})
        for slot, (option, filename, content) in enumerate(files):
            upload = await take(self._world, slot, filename, content)
            attachments = attach(self._world, channel.id, (upload,), {}, ephemeral=True)
            resolved.offer(attachments)
            values[option] = str(attachments[0].id)
        command, *path = name.split(" ")
        data = command_data(find_command(self.offered(channel), command, CommandKind.SLASH), path, values, resolved)
        return self._open(InteractionKind.COMMAND, channel, data)

    async def complete(
        self,
        channel: Place,
        name: str,
        option: str,
        typed: str = "",
        others: Mapping[str, OptionValue] | None = None,
        timeout_s: float = PATIENCE_S,
    ) -> list[JsonObject]:
        """Type into an option and return what is offered: objects with ``name`` and ``value``.

        Raises:
            NotOfferedError: There is no such command or option.
            UnansweredError: The bot offered nothing in time.
        """
        command, *path = name.split(" ")
        found = find_command(self.offered(channel), command, CommandKind.SLASH)
        data = command_data(found, path, {**(others or {}), option: typed}, self._resolved(channel), focused=option)
        exchange = self._open(InteractionKind.AUTOCOMPLETE, channel, data)
        return list((await exchange.answered(timeout_s)).choices)

    def _resolved(self, channel: Place) -> Resolved:
        return Resolved(self._world, self._world.channel(channel.id), self._user_id)

    def _open(self, kind: InteractionKind, channel: Place, data: JsonObject) -> Exchange:
        return Exchange(self._world, open_interaction(self._world, kind, self._user_id, channel.id, data))
