"""JSON of users, roles and members.

Discord sends members with and without their user.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.jsontypes import JsonObject
    from boss_bot_sandbox.discord.model.users import Member, Role, User
    from boss_bot_sandbox.discord.state.server_state import ServerState


def user_json(user: User) -> JsonObject:
    """Return a user."""
    return {
        "id": str(user.id),
        "username": user.username,
        "global_name": user.global_name,
        "discriminator": "0",
        "avatar": None,
        "bot": user.bot,
        "public_flags": 0,
    }


def own_user_json(user: User) -> JsonObject:
    """Return the bot's own user, which has more fields."""
    return {**user_json(user), "verified": True, "mfa_enabled": True, "email": None, "flags": 0, "locale": "en-US"}


def role_json(role: Role) -> JsonObject:
    """Return a role; the role of a bot names it in its tags."""
    body: JsonObject = {
        "id": str(role.id),
        "name": role.name,
        "permissions": str(int(role.permissions)),
        "position": role.position,
        "color": role.colour,
        "colors": {"primary_color": role.colour, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": role.bot_id is not None,
        "mentionable": role.mentionable,
        "flags": 0,
    }
    return body if role.bot_id is None else {**body, "tags": {"bot_id": str(role.bot_id)}}


def partial_member_json(member: Member) -> JsonObject:
    """Return a member without its user, as inside messages."""
    return {
        "roles": [str(role_id) for role_id in member.role_ids],
        "nick": member.nick,
        "avatar": None,
        "joined_at": member.joined_at.isoformat(),
        "premium_since": None,
        "communication_disabled_until": None,
        "deaf": False,
        "mute": False,
        "pending": False,
        "flags": 0,
    }


def member_json(state: ServerState, member: Member) -> JsonObject:
    """Return a member with its user."""
    return {**partial_member_json(member), "user": user_json(state.user(member.user_id))}
