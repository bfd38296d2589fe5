"""The application's commands: registering them and finding the one a person means.

It exists apart because both the REST handlers and people's Discord windows look here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from boss_bot_sandbox.discord.events import CommandsRegistered
from boss_bot_sandbox.discord.model.command import Command, CommandKind, Context, InstallKind
from boss_bot_sandbox.discord.model.permissions import Permission
from boss_bot_sandbox.discord.state.interactions import context_of
from boss_bot_sandbox.discord.state.permissions import channel_permissions
from boss_bot_sandbox.discord.validation.commands import check_commands

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.jsontypes import JsonObject
    from boss_bot_sandbox.discord.model.channels import Channel
    from boss_bot_sandbox.discord.model.snowflake import Snowflake
    from boss_bot_sandbox.discord.state.server_state import World


def register(
    world: World, guild_id: Snowflake | None, bodies: list[JsonObject], *, replace: bool
) -> tuple[Command, ...]:
    """Store commands of one scope; a command of the same kind and name keeps its id.

    Args:
        world: Where to store them.
        guild_id: The scope; None is global.
        bodies: The commands as sent.
        replace: Whether the others of that scope go.

    Raises:
        ApiError: One of them is not allowed.
    """
    check_commands(bodies)
    known = world.commands.get(guild_id, {})
    by_name = {(command.kind, command.name): command.id for command in known.values()}
    made = []
    for body in bodies:
        kind = CommandKind(int(body.get("type") or 1))
        made.append(_command(world, guild_id, body, kind, by_name.get((kind, body["name"])) or world.ids.mint()))
    world.commands[guild_id] = ({} if replace else dict(known)) | {command.id: command for command in made}
    announce(world, guild_id)
    return tuple(made)


def change(world: World, known: Command, body: JsonObject) -> Command:
    """Replace one command by another description of it; its id stays, also under another name.

    Raises:
        ApiError: The new description is not allowed.
    """
    check_commands([body])
    changed = _command(world, known.guild_id, body, known.kind, known.id)
    world.commands[known.guild_id][known.id] = changed
    announce(world, known.guild_id)
    return changed


def announce(world: World, guild_id: Snowflake | None) -> None:
    """Tell watchers which commands a scope has now."""
    world.publish(CommandsRegistered(guild_id, tuple(world.commands.get(guild_id, {}).values())))


def _command(
    world: World, guild_id: Snowflake | None, body: JsonObject, kind: CommandKind, command_id: Snowflake
) -> Command:
    needed, contexts = body.get("default_member_permissions"), body.get("contexts")
    if contexts is None:
        contexts = [0, 1, 2] if body.get("dm_permission", True) in (True, None) else [0]
    return Command(
        id=command_id,
        version=world.ids.mint(),
        name=body["name"],
        kind=kind,
        description=body.get("description") or "",
        guild_id=guild_id,
        options=tuple(body.get("options") or ()),
        needed=None if needed is None else Permission(int(needed)),
        contexts=tuple(Context(one) for one in contexts),
        installs=tuple(InstallKind(one) for one in body.get("integration_types") or (0,)),
        age_restricted=bool(body.get("nsfw")),
    )


def available(world: World, channel: Channel, user_id: Snowflake) -> list[Command]:
    """Return the commands somebody's Discord window offers in a channel; a guild's own hide global ones."""
    offered: dict[tuple[CommandKind, str], Command] = {}
    for scope in {None, channel.guild_id}:
        for command in world.commands.get(scope, {}).values():
            if _offered(world, command, channel, user_id) and (
                scope is not None or (command.kind, command.name) not in offered
            ):
                offered[command.kind, command.name] = command
    return list(offered.values())


def _offered(world: World, command: Command, channel: Channel, user_id: Snowflake) -> bool:
    context = context_of(world, channel)
    by_guild = InstallKind.GUILD in command.installs and (
        world.is_member(channel.guild_id, world.bot.id) if channel.guild_id is not None else context is Context.BOT_DM
    )
    by_user = InstallKind.USER in command.installs and user_id in world.user_installs
    if context not in command.contexts or not (by_guild or by_user):
        return False
    granted = channel_permissions(world, channel, user_id)
    if channel.guild_id is None:
        return True
    missing = (command.needed or Permission.NONE) & ~granted
    may_use = granted & Permission.USE_APPLICATION_COMMANDS
    return bool(may_use) and not missing and (channel.age_restricted or not command.age_restricted)
