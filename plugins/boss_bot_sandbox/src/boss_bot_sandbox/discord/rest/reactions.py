"""Routes of reactions: add, remove, list and clear.

The emoji in the path are percent-encoded; aiohttp decodes them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from boss_bot_sandbox.discord.model.permissions import Permission
from boss_bot_sandbox.discord.rest.request import path_snowflake, state_of
from boss_bot_sandbox.discord.rest.responses import empty_response, json_response
from boss_bot_sandbox.discord.state.permissions import require_permissions
from boss_bot_sandbox.discord.state.reactions import add_reaction, clear_reactions, find_reaction, remove_reaction
from boss_bot_sandbox.discord.wire.users import user_json

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.model.snowflake import Snowflake


def _message_ids(request: web.Request) -> tuple[Snowflake, Snowflake]:
    return path_snowflake(request, "channel_id"), path_snowflake(request, "message_id")


async def add_own_reaction(request: web.Request) -> web.Response:
    """PUT the bot's reaction."""
    state = state_of(request)
    add_reaction(state, state.bot.id, *_message_ids(request), request.match_info["emoji"])
    return empty_response()


async def remove_own_reaction(request: web.Request) -> web.Response:
    """DELETE the bot's reaction."""
    state = state_of(request)
    remove_reaction(state, state.bot.id, *_message_ids(request), request.match_info["emoji"], state.bot.id)
    return empty_response()


async def remove_user_reaction(request: web.Request) -> web.Response:
    """DELETE the reaction of a user."""
    state = state_of(request)
    remove_reaction(
        state, state.bot.id, *_message_ids(request), request.match_info["emoji"], path_snowflake(request, "user_id")
    )
    return empty_response()


async def list_users(request: web.Request) -> web.Response:
    """GET the users who reacted with one emoji."""
    state = state_of(request)
    channel_id, message_id = _message_ids(request)
    require_permissions(state, state.channel(channel_id), state.bot.id, Permission.READ_MESSAGE_HISTORY)
    reaction = find_reaction(state.message(channel_id, message_id), request.match_info["emoji"])
    after, limit = int(request.query.get("after", 0)), int(request.query.get("limit", 25))
    ids = sorted(one for one in (reaction.user_ids if reaction else ()) if one > after)[:limit]
    return json_response([user_json(state.user(one)) for one in ids])


async def remove_reactions(request: web.Request) -> web.Response:
    """DELETE all reactions, or all with one emoji."""
    state = state_of(request)
    clear_reactions(state, state.bot.id, *_message_ids(request), request.match_info.get("emoji"))
    return empty_response()


_ALL = "/channels/{channel_id}/messages/{message_id}/reactions"
ROUTES = [
    web.put(_ALL + "/{emoji}/@me", add_own_reaction),
    web.delete(_ALL + "/{emoji}/@me", remove_own_reaction),
    web.delete(_ALL + "/{emoji}/{user_id}", remove_user_reaction),
    web.get(_ALL + "/{emoji}", list_users),
    web.delete(_ALL + "/{emoji}", remove_reactions),
    web.delete(_ALL, remove_reactions),
]
