"""Commands and the application as Discord sends them.

They are what a bot reads about itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from boss_bot_sandbox.discord.options import PrivilegedIntent
from boss_bot_sandbox.discord.wire.users import user_json

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.jsontypes import JsonObject
    from boss_bot_sandbox.discord.model.command import Command
    from boss_bot_sandbox.discord.state.server_state import World

# "Limited" flags: what an application in fewer than 100 guilds gets from the portal's switches.
_FLAGS = {
    PrivilegedIntent.PRESENCES: 1 << 13,
    PrivilegedIntent.MEMBERS: 1 << 15,
    PrivilegedIntent.MESSAGE_CONTENT: 1 << 19,
}


def command_json(world: World, command: Command) -> JsonObject:
    """Return a registered command."""
    body: JsonObject = {
        "id": str(command.id),
        "application_id": str(world.bot.id),
        "version": str(command.version),
        "name": command.name,
        "description": command.description,
        "type": int(command.kind),
        "options": list(command.options),
        "default_member_permissions": None if command.needed is None else str(int(command.needed)),
        "contexts": [int(one) for one in command.contexts],
        "integration_types": [int(one) for one in command.installs],
        "nsfw": command.age_restricted,
    }
    return body if command.guild_id is None else {**body, "guild_id": str(command.guild_id)}


def application_flags(world: World) -> int:
    """Return the application's flags; they tell which privileged intents are switched on."""
    return sum(_FLAGS[intent] for intent in world.options.portal_intents)


def application_json(world: World) -> JsonObject:
    """Return the application; the bot's account has the same id, as for every application made since 2016."""
    return {
        "id": str(world.bot.id),
        "name": world.bot.global_name or world.bot.username,
        "description": "The bot under test.",
        "icon": None,
        "bot_public": True,
        "bot_require_code_grant": False,
        "owner": user_json(world.owner),
        "team": _team_json(world),
        "verify_key": "0" * 64,
        "flags": application_flags(world),
        "interactions_endpoint_url": None,
        "approximate_guild_count": sum(world.is_member(guild_id, world.bot.id) for guild_id in world.guilds),
        "approximate_user_install_count": len(world.user_installs),
        "integration_types_config": {"0": {}, "1": {}},
    }


def _team_json(world: World) -> JsonObject | None:
    if not world.options.team:
        return None
    roles = {world.owner.username: "admin", **world.options.team}
    people = [user for user in world.users.values() if user.username in roles]
    return {
        "id": "1",
        "name": "The team",
        "icon": None,
        "owner_user_id": str(world.owner.id),
        "members": [
            {"team_id": "1", "membership_state": 2, "role": roles[user.username], "user": user_json(user)}
            for user in people
        ],
    }
