"""JSON of application commands and of the application itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boss_bot_sandbox.discord.options import PrivilegedIntent
from boss_bot_sandbox.discord.wire.users import user_json

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.jsontypes import JsonObject
    from boss_bot_sandbox.discord.model.command import Command
    from boss_bot_sandbox.discord.state.server_state import ServerState

# The "limited" flags, which the developer portal sets for an application in fewer than 100 guilds.
_FLAGS = {
    PrivilegedIntent.PRESENCES: 1 << 13,
    PrivilegedIntent.MEMBERS: 1 << 15,
    PrivilegedIntent.MESSAGE_CONTENT: 1 << 19,
}


def command_json(state: ServerState, command: Command) -> JsonObject:
    """Return a registered command."""
    body: JsonObject = {
        "id": str(command.id),
        "application_id": str(state.bot.id),
        "version": str(command.version),
        "name": command.name,
        "description": command.description,
        "type": int(command.kind),
        "options": list(command.options),
        "default_member_permissions": None
        if command.required_permissions is None
        else str(int(command.required_permissions)),
        "contexts": [int(one) for one in command.contexts],
        "integration_types": [int(one) for one in command.install_kinds],
        "nsfw": command.age_restricted,
    }
    return body if command.guild_id is None else {**body, "guild_id": str(command.guild_id)}


def application_flags(state: ServerState) -> int:
    """Return the application's flags, which show the enabled privileged intents."""
    return sum(_FLAGS[intent] for intent in state.options.portal_intents)


def application_json(state: ServerState) -> JsonObject:
    """Return the application; its id is that of the bot's user, as for every application since 2016."""
    return {
        "id": str(state.bot.id),
        "name": state.bot.global_name or state.bot.username,
        "description": "The bot under test.",
        "icon": None,
        "bot_public": True,
        "bot_require_code_grant": False,
        "owner": user_json(state.owner),
        "team": _team_json(state),
        "verify_key": "0" * 64,
        "flags": application_flags(state),
        "interactions_endpoint_url": None,
        "approximate_guild_count": sum(state.is_member(guild_id, state.bot.id) for guild_id in state.guilds),
        "approximate_user_install_count": len(state.user_installs),
        "integration_types_config": {"0": {}, "1": {}},
    }


def _team_json(state: ServerState) -> JsonObject | None:
    if not state.options.team:
        return None
    roles = {state.owner.username: "admin", **state.options.team}
    members = [user for user in state.users.values() if user.username in roles]
    return {
        "id": "1",
        "name": "The team",
        "icon": None,
        "owner_user_id": str(state.owner.id),
        "members": [
            {"team_id": "1", "membership_state": 2, "role": roles[user.username], "user": user_json(user)}
            for user in members
        ],
    }
