"""What a use of a command is to the rules about people: who asks, where, with which roles and rights.

Apart from the commands because the downloads and the settings ask the same question.
"""

from boss_bot_core.bot.calls import Call
from boss_bot_core.bot.errors import RefusedError
from boss_bot_core.domain.status import DownloadPriority
from boss_bot_core.people import AccessRequest


def access_request(call: Call, *, is_owner: bool, priority: DownloadPriority | None = None) -> AccessRequest:
    """Return the request.

    Args:
        call: The use of a command.
        is_owner: Whether the bot is theirs.
        priority: What they asked for; None: they did not say.
    """
    return AccessRequest(
        user_id=call.person.user_id,
        guild_id=call.place.guild_id,
        channel_id=call.place.channel_id,
        parent_ids=frozenset(call.place.above_ids),
        role_ids=call.person.role_ids,
        is_admin=call.person.may_manage_server,
        is_owner=is_owner,
        priority=priority,
    )


def check_manager(call: Call) -> None:
    """Return if they may change the settings of the server that they are in.

    Raises:
        RefusedError: They may not, or there is no server.
    """
    if call.place.is_direct:
        raise RefusedError("❌ That works in a server only.")
    if not call.person.may_manage_server:
        raise RefusedError("⛔ You need **Manage Server** for that.")
