"""The route of a guild's audit log, which has one kind of entries: who added the bot."""

from __future__ import annotations

from aiohttp import web

from boss_bot_sandbox.discord.errors import ApiError, ApiErrorKind
from boss_bot_sandbox.discord.model.permissions import Permission
from boss_bot_sandbox.discord.rest.request import path_snowflake, state_of
from boss_bot_sandbox.discord.rest.responses import json_response
from boss_bot_sandbox.discord.state.permissions import guild_permissions
from boss_bot_sandbox.discord.wire.users import user_json

_BOT_ADD = 28


async def get_audit_log(request: web.Request) -> web.Response:
    """GET the entries of one kind, or of all, for a bot that may view them."""
    state, guild_id = state_of(request), path_snowflake(request, "guild_id")
    if not guild_permissions(state, state.guild(guild_id).id, state.bot.id) & Permission.VIEW_AUDIT_LOG:
        raise ApiError(ApiErrorKind.MISSING_PERMISSIONS)
    wanted = request.query.get("action_type", str(_BOT_ADD)) == str(_BOT_ADD)
    found = state.invitations.get(guild_id) if wanted and "before" not in request.query else None
    entries, users = [], []
    if found is not None:
        inviter_id, entry_id = found
        ids = {"id": str(entry_id), "user_id": str(inviter_id), "target_id": str(state.bot.id)}
        entries.append(ids | {"action_type": _BOT_ADD})
        users += [user_json(state.user(inviter_id)), user_json(state.bot)]
    others = ("integrations", "webhooks", "application_commands", "auto_moderation_rules", "threads")
    return json_response({"audit_log_entries": entries, "users": users, **{name: [] for name in others}})


ROUTES = [web.get("/guilds/{guild_id}/audit-logs", get_audit_log)]
