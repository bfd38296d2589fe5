"""Finds the users and roles that a message notifies.

Only mentions that the author allows take effect. This makes mentions in hostile titles harmless.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from boss_bot_sandbox.discord.model.permissions import Permission
from boss_bot_sandbox.discord.model.snowflake import Snowflake
from boss_bot_sandbox.discord.state.permissions import channel_permissions

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.model.channels import Channel
    from boss_bot_sandbox.discord.model.draft import AllowedMentions
    from boss_bot_sandbox.discord.state.server_state import ServerState

_USER = re.compile(r"<@!?(\d{1,20})>")
_ROLE = re.compile(r"<@&(\d{1,20})>")
_EVERYONE = re.compile(r"@(?:everyone|here)\b")


@attrs.frozen(kw_only=True)
class MentionTargets:
    """The users and roles that a message notifies."""

    user_ids: tuple[Snowflake, ...]
    role_ids: tuple[Snowflake, ...]
    everyone: bool


def find_mentions(
    state: ServerState,
    channel: Channel,
    author_id: Snowflake,
    content: str,
    allowed: AllowedMentions,
    replied_to: Snowflake | None = None,
) -> MentionTargets:
    """Return the users and roles that a content notifies.

    Args:
        state: The state, for users and roles.
        channel: The channel of the message.
        author_id: The author, who needs a permission to mention everyone.
        content: The text.
        allowed: The mentions that the author allows.
        replied_to: The author of the message that it replies to; None for no reply.
    """
    users = [Snowflake(int(number)) for number in _USER.findall(content)]
    users = [one for one in users if one in state.users and ("users" in allowed.kinds or one in allowed.user_ids)]
    if replied_to is not None and allowed.replied_user:
        users.append(replied_to)
    roles = [Snowflake(int(number)) for number in _ROLE.findall(content)]
    roles = [one for one in roles if one in state.roles and ("roles" in allowed.kinds or one in allowed.role_ids)]
    may_call_all = channel_permissions(state, channel, author_id) & Permission.MENTION_EVERYONE
    return MentionTargets(
        user_ids=tuple(dict.fromkeys(users)),
        role_ids=tuple(dict.fromkeys(roles)),
        everyone=bool(may_call_all and "everyone" in allowed.kinds and _EVERYONE.search(content)),
    )
