"""Filling an empty world: guilds, channels, roles, people.

Tests and the page build their places with it; names may be used instead of values wherever one is wanted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from boss_bot_sandbox.discord.model.channels import Channel, ChannelKind, Guild, Overwrite
from boss_bot_sandbox.discord.model.permissions import EVERYONE, Permission
from boss_bot_sandbox.discord.state.channels import add_channel, change_channel, find_direct_channel
from boss_bot_sandbox.discord.state.guilds import add_guild, add_member, add_role, set_roles

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.model.users import Role, User
    from boss_bot_sandbox.discord.state.server_state import ServerState

MODERATOR = EVERYONE | Permission.MANAGE_MESSAGES
ADMINISTRATOR = EVERYONE | Permission.MANAGE_GUILD | Permission.MANAGE_MESSAGES | Permission.MANAGE_CHANNELS


class Seeder:
    """Makes guilds, channels, roles and people."""

    def __init__(self, state: ServerState) -> None:
        self._state = state

    def standard(self) -> Guild:
        """Make the usual place: two channels, one of them age-restricted, and four people.

        Olivia owns guild and application, Milo may manage messages, Ada and Bob are plain members.
        """
        guild = self.guild("Sandbox")
        self.channel("general", guild)
        self.channel("adults", guild, age_restricted=True)
        moderator = self.role("Moderator", guild, MODERATOR)
        self.person("milo", guild, moderator, shown="Milo (moderator)")
        self.person("ada", guild, shown="Ada")
        self.person("bob", guild, shown="Bob")
        return guild

    def guild(self, name: str, *, owner: User | None = None, boost_tier: int = 0, bot: bool = True) -> Guild:
        """Make a guild; the application's owner owns it unless told otherwise.

        Args:
            name: Its name.
            owner: Who owns it.
            boost_tier: 0 to 3.
            bot: Whether the bot is a member; without, only user-installed commands work there.
        """
        guild = add_guild(self._state, name, (owner or self._state.owner).id, boost_tier=boost_tier)
        if bot:
            role = add_role(self._state, guild.id, self._state.bot.username, EVERYONE, managed=True)
            add_member(self._state, guild.id, self._state.bot.id, (role.id,))
        return guild

    def channel(
        self,
        name: str,
        guild: Guild,
        *,
        age_restricted: bool = False,
        overwrites: tuple[Overwrite, ...] = (),
        topic: str | None = None,
    ) -> Channel:
        """Open a text channel."""
        channel = Channel(
            id=self._state.ids.generate(),
            kind=ChannelKind.TEXT,
            name=name,
            guild_id=guild.id,
            age_restricted=age_restricted,
            overwrites=overwrites,
            topic=topic,
            position=sum(one.guild_id == guild.id for one in self._state.channels.values()),
        )
        return add_channel(self._state, channel)

    def direct(self, user: User) -> Channel:
        """Open the direct messages between somebody and the bot."""
        return find_direct_channel(self._state, user.id, self._state.bot.id)

    def role(self, name: str, guild: Guild, permissions: Permission = EVERYONE) -> Role:
        """Make a role."""
        return add_role(self._state, guild.id, name, permissions)

    def person(self, username: str, guild: Guild | None = None, *roles: Role, shown: str | None = None) -> User:
        """Open an account, in a guild if one is given."""
        user = self._state.add_user(username, shown)
        if guild is not None:
            add_member(self._state, guild.id, user.id, tuple(role.id for role in roles))
        return user

    def give_roles(self, guild: Guild, user: User, *roles: Role) -> None:
        """Let a member have exactly these roles; also the bot."""
        set_roles(self._state, guild.id, user.id, tuple(role.id for role in roles))

    def overwrite(self, channel: Channel, *overwrites: Overwrite) -> None:
        """Replace a channel's overwrites."""
        change_channel(self._state, attrs.evolve(self._state.channel(channel.id), overwrites=overwrites))

    def install_for(self, user: User) -> None:
        """Let somebody install the application for themselves."""
        self._state.user_installs.add(user.id)

    def close_direct(self, user: User) -> None:
        """Let somebody take no direct messages from the bot."""
        self._state.closed_directs.add(user.id)
