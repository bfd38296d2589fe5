"""The command registry: registers application commands and lists those that a user is offered.

The REST handlers register commands, and the user clients list them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from boss_bot_sandbox.discord.events import CommandsRegistered
from boss_bot_sandbox.discord.model.command import Command, CommandKind, InstallKind, InteractionContext
from boss_bot_sandbox.discord.model.permissions import Permission
from boss_bot_sandbox.discord.state.interactions import interaction_context
from boss_bot_sandbox.discord.state.permissions import channel_permissions
from boss_bot_sandbox.discord.validation.commands import check_commands

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.jsontypes import JsonObject
    from boss_bot_sandbox.discord.model.channels import Channel
    from boss_bot_sandbox.discord.model.snowflake import Snowflake
    from boss_bot_sandbox.discord.state.server_state import ServerState


def register_commands(
    state: ServerState, guild_id: Snowflake | None, bodies: list[JsonObject], *, replace: bool
) -> tuple[Command, ...]:
    """Register commands of one scope; a command keeps the id of an existing one with the same kind and name.

    Args:
        state: The state, which stores the commands.
        guild_id: The guild of the scope; None for global commands.
        bodies: The commands as JSON.
        replace: Whether other commands of the scope are deleted.

    Raises:
        ApiError: One of the commands is invalid.
    """
    check_commands(bodies)
    known = state.commands.get(guild_id, {})
    by_name = {(command.kind, command.name): command.id for command in known.values()}
    made = []
    for body in bodies:
        kind = CommandKind(int(body.get("type") or 1))
        made.append(
            _build_command(state, guild_id, body, kind, by_name.get((kind, body["name"])) or state.ids.generate())
        )
    state.commands[guild_id] = ({} if replace else dict(known)) | {command.id: command for command in made}
    publish_commands(state, guild_id)
    return tuple(made)


def replace_command(state: ServerState, known: Command, body: JsonObject) -> Command:
    """Replace the definition of a command; it keeps its id, also with another name.

    Raises:
        ApiError: The new definition is invalid.
    """
    check_commands([body])
    changed = _build_command(state, known.guild_id, body, known.kind, known.id)
    state.commands[known.guild_id][known.id] = changed
    publish_commands(state, known.guild_id)
    return changed


def publish_commands(state: ServerState, guild_id: Snowflake | None) -> None:
    """Publish the current commands of a scope."""
    state.publish(CommandsRegistered(guild_id, tuple(state.commands.get(guild_id, {}).values())))


def _build_command(
    state: ServerState, guild_id: Snowflake | None, body: JsonObject, kind: CommandKind, command_id: Snowflake
) -> Command:
    needed, contexts = body.get("default_member_permissions"), body.get("contexts")
    if contexts is None:
        contexts = [0, 1, 2] if body.get("dm_permission", True) in (True, None) else [0]
    return Command(
        id=command_id,
        version=state.ids.generate(),
        name=body["name"],
        kind=kind,
        description=body.get("description") or "",
        guild_id=guild_id,
        options=tuple(body.get("options") or ()),
        required_permissions=None if needed is None else Permission(int(needed)),
        contexts=tuple(InteractionContext(one) for one in contexts),
        install_kinds=tuple(InstallKind(one) for one in body.get("integration_types") or (0,)),
        age_restricted=bool(body.get("nsfw")),
    )


def list_available_commands(state: ServerState, channel: Channel, user_id: Snowflake) -> list[Command]:
    """Return the commands that a user is offered in a channel; a guild command hides a global one of the same name."""
    offered: dict[tuple[CommandKind, str], Command] = {}
    for scope in {None, channel.guild_id}:
        for command in state.commands.get(scope, {}).values():
            if _is_available(state, command, channel, user_id) and (
                scope is not None or (command.kind, command.name) not in offered
            ):
                offered[command.kind, command.name] = command
    return list(offered.values())


def _is_available(state: ServerState, command: Command, channel: Channel, user_id: Snowflake) -> bool:
    context = interaction_context(state, channel)
    by_guild = InstallKind.GUILD in command.install_kinds and (
        state.is_member(channel.guild_id, state.bot.id)
        if channel.guild_id is not None
        else context is InteractionContext.BOT_DM
    )
    by_user = InstallKind.USER in command.install_kinds and user_id in state.user_installs
    if context not in command.contexts or not (by_guild or by_user):
        return False
    granted = channel_permissions(state, channel, user_id)
    if channel.guild_id is None:
        return True
    missing = (command.required_permissions or Permission.NONE) & ~granted
    may_use = granted & Permission.USE_APPLICATION_COMMANDS
    return bool(may_use) and not missing and (channel.age_restricted or not command.age_restricted)
