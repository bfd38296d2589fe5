"""Users, roles and members.

A user is an account; a member is a user in one guild, with roles.
"""

from __future__ import annotations

from datetime import datetime

import attrs

from boss_bot_sandbox.discord.model.permissions import Permission
from boss_bot_sandbox.discord.model.snowflake import Snowflake


@attrs.frozen(kw_only=True)
class User:
    """The account of a person or of the bot.

    Attributes:
        id: The id of the user.
        username: The unique name in lowercase letters.
        global_name: The display name; None displays the username.
        bot: Whether it is the bot of the application.
    """

    id: Snowflake
    username: str
    global_name: str | None = None
    bot: bool = False


@attrs.frozen(kw_only=True)
class Role:
    """A role of one guild; the one whose id is the guild's id is @everyone.

    Attributes:
        bot_id: The bot that the role was created for; None for other roles. Such a role is managed by Discord.
    """

    id: Snowflake
    guild_id: Snowflake
    name: str
    permissions: Permission
    position: int = 0
    colour: int = 0
    mentionable: bool = False
    bot_id: Snowflake | None = None


@attrs.frozen(kw_only=True)
class Member:
    """A user in one guild.

    Attributes:
        role_ids: The roles of the member, without @everyone, which every member has.
    """

    guild_id: Snowflake
    user_id: Snowflake
    joined_at: datetime
    role_ids: tuple[Snowflake, ...] = ()
    nick: str | None = None
