"""Accounts, roles and memberships.

A user is one account everywhere; a member is that account in one guild, with roles.
"""

from __future__ import annotations

from datetime import datetime

import attrs

from boss_bot_sandbox.discord.model.permissions import Permission
from boss_bot_sandbox.discord.model.snowflake import Snowflake


@attrs.frozen(kw_only=True)
class User:
    """An account, of a person or of the bot.

    Attributes:
        id: The account's id.
        username: The unique name, in small letters.
        global_name: The shown name; None shows the username.
        bot: Whether the application under test owns it.
    """

    id: Snowflake
    username: str
    global_name: str | None = None
    bot: bool = False


@attrs.frozen(kw_only=True)
class Role:
    """A role of one guild; the one whose id is the guild's id is @everyone."""

    id: Snowflake
    guild_id: Snowflake
    name: str
    permissions: Permission
    position: int = 0
    colour: int = 0
    mentionable: bool = False
    managed: bool = False


@attrs.frozen(kw_only=True)
class Member:
    """An account in one guild.

    Attributes:
        role_ids: The roles it has, without @everyone, which everybody has.
    """

    guild_id: Snowflake
    user_id: Snowflake
    joined_at: datetime
    role_ids: tuple[Snowflake, ...] = ()
    nick: str | None = None
