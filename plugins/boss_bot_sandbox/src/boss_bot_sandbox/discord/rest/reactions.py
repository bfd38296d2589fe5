"""Reactions: add, remove, list, clear.

Emoji come percent-encoded in the path; aiohttp has decoded them by then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from boss_bot_sandbox.discord.model.permissions import Permission
from boss_bot_sandbox.discord.rest.request import snowflake, world_of
from boss_bot_sandbox.discord.rest.responses import empty_answer, json_answer
from boss_bot_sandbox.discord.state.permissions import require
from boss_bot_sandbox.discord.state.reactions import clear, find, react, unreact
from boss_bot_sandbox.discord.wire.users import user_json

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.model.snowflake import Snowflake


def _place(request: web.Request) -> tuple[Snowflake, Snowflake]:
    return snowflake(request, "channel_id"), snowflake(request, "message_id")


async def add(request: web.Request) -> web.Response:
    """PUT the bot's reaction."""
    world = world_of(request)
    react(world, world.bot.id, *_place(request), request.match_info["emoji"])
    return empty_answer()


async def remove_own(request: web.Request) -> web.Response:
    """DELETE the bot's reaction."""
    world = world_of(request)
    unreact(world, world.bot.id, *_place(request), request.match_info["emoji"], world.bot.id)
    return empty_answer()


async def remove(request: web.Request) -> web.Response:
    """DELETE somebody's reaction."""
    world = world_of(request)
    unreact(world, world.bot.id, *_place(request), request.match_info["emoji"], snowflake(request, "user_id"))
    return empty_answer()


async def users(request: web.Request) -> web.Response:
    """GET who reacted with one emoji."""
    world = world_of(request)
    channel_id, message_id = _place(request)
    require(world, world.channel(channel_id), world.bot.id, Permission.READ_MESSAGE_HISTORY)
    reaction = find(world.message(channel_id, message_id), request.match_info["emoji"])
    after, limit = int(request.query.get("after", 0)), int(request.query.get("limit", 25))
    ids = sorted(one for one in (reaction.user_ids if reaction else ()) if one > after)[:limit]
    return json_answer([user_json(world.user(one)) for one in ids])


async def remove_all(request: web.Request) -> web.Response:
    """DELETE all reactions, or all with one emoji."""
    world = world_of(request)
    clear(world, world.bot.id, *_place(request), request.match_info.get("emoji"))
    return empty_answer()


_ALL = "/channels/{channel_id}/messages/{message_id}/reactions"
ROUTES = [
    web.put(_ALL + "/{emoji}/@me", add),
    web.delete(_ALL + "/{emoji}/@me", remove_own),
    web.delete(_ALL + "/{emoji}/{user_id}", remove),
    web.get(_ALL + "/{emoji}", users),
    web.delete(_ALL + "/{emoji}", remove_all),
    web.delete(_ALL, remove_all),
]
