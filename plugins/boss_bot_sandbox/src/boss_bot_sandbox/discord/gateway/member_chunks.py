"""Answers "request guild members" with chunks of at most 1000 members.

It is the only request of the gateway that has an answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from boss_bot_sandbox.discord.model.snowflake import Snowflake
from boss_bot_sandbox.discord.wire.users import member_json

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.gateway.session import GatewaySession
    from boss_bot_sandbox.discord.jsontypes import JsonObject
    from boss_bot_sandbox.discord.model.users import Member
    from boss_bot_sandbox.discord.state.server_state import ServerState

_CHUNK = 1000


def send_member_chunks(state: ServerState, session: GatewaySession, request: JsonObject) -> None:
    """Push the requested members, at most 1000 per dispatch; without a match, one empty dispatch."""
    guild_id = Snowflake(int(request["guild_id"]))
    found = [
        member_json(state, one)
        for one in state.members.get(guild_id, {}).values()
        if _is_requested(state, request, one)
    ]
    limit = int(request.get("limit") or 0)
    found = found[:limit] if limit else found
    chunks = [found[start : start + _CHUNK] for start in range(0, len(found), _CHUNK)] or [[]]
    for number, chunk in enumerate(chunks):
        data: JsonObject = {
            "guild_id": str(guild_id),
            "members": chunk,
            "chunk_index": number,
            "chunk_count": len(chunks),
            "not_found": [],
        }
        if request.get("nonce") is not None:
            data["nonce"] = request["nonce"]
        session.push("GUILD_MEMBERS_CHUNK", data)


def _is_requested(state: ServerState, request: JsonObject, member: Member) -> bool:
    ids = request.get("user_ids")
    if ids is not None:
        wanted = ids if isinstance(ids, list) else [ids]
        return str(member.user_id) in {str(one) for one in wanted}
    user = state.user(member.user_id)
    start = str(request.get("query") or "").lower()
    return any(name.lower().startswith(start) for name in (user.username, user.global_name or "", member.nick or ""))
