"""Creates guilds, channels, roles and users without the rules that apply to the bot.

Tests, the sandbox and the control API set up their guilds with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from boss_bot_sandbox.discord.model.channels import Channel, ChannelKind, Guild, Overwrite
from boss_bot_sandbox.discord.model.permissions import EVERYONE, Permission
from boss_bot_sandbox.discord.state.channels import add_channel, change_channel, find_direct_channel
from boss_bot_sandbox.discord.state.guilds import add_guild, add_member, add_role, set_roles
from boss_bot_sandbox.discord.state.threads import start_thread

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.model.users import Role, User
    from boss_bot_sandbox.discord.state.server_state import ServerState
    from boss_bot_sandbox.discord.user_client.channel_observer import ChannelLike

MODERATOR = EVERYONE | Permission.MANAGE_MESSAGES
ADMINISTRATOR = EVERYONE | Permission.MANAGE_GUILD | Permission.MANAGE_MESSAGES | Permission.MANAGE_CHANNELS


class Seeder:
    """Creates guilds, channels, roles and users."""

    def __init__(self, state: ServerState) -> None:
        self._state = state

    def standard(self) -> Guild:
        """Create the standard guild: two channels, one of them age-restricted, and four users.

        Olivia owns the guild and the application, Milo may manage messages, Ada and Bob are plain members.
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
        """Create a guild.

        Args:
            name: The name.
            owner: The owner; the owner of the application by default.
            boost_tier: The boost tier, 0 to 3.
            bot: Whether the bot is a member; without it only user-installed commands work in the guild.
        """
        guild = add_guild(self._state, name, (owner or self._state.owner).id, boost_tier=boost_tier)
        if bot:
            add_member(self._state, guild.id, self._state.bot.id)
        return guild

    def channel(
        self,
        name: str,
        guild: Guild,
        *,
        age_restricted: bool = False,
        overwrites: tuple[Overwrite, ...] = (),
        topic: str | None = None,
        kind: ChannelKind = ChannelKind.TEXT,
    ) -> Channel:
        """Create a channel."""
        channel = Channel(
            id=self._state.ids.generate(),
            kind=kind,
            name=name,
            guild_id=guild.id,
            age_restricted=age_restricted,
            overwrites=overwrites,
            topic=topic,
            position=sum(one.guild_id == guild.id for one in self._state.channels.values()),
        )
        return add_channel(self._state, channel)

    def thread(self, name: str, parent: ChannelLike, *, owner: User | None = None, announced: bool = True) -> Channel:
        """Create a public thread; clients know one that is not announced only by the messages in it."""
        owner_id = (owner or self._state.owner).id
        return start_thread(self._state, self._state.channel(parent.id), name, owner_id, announced=announced)

    def direct(self, user: User) -> Channel:
        """Return the direct message channel between a user and the bot; it is created when there is none."""
        return find_direct_channel(self._state, user.id, self._state.bot.id)

    def role(self, name: str, guild: Guild, permissions: Permission = EVERYONE) -> Role:
        """Create a role."""
        return add_role(self._state, guild.id, name, permissions)

    def person(self, username: str, guild: Guild | None = None, *roles: Role, shown: str | None = None) -> User:
        """Create a user, who joins the guild if one is given; ``shown`` is the display name."""
        user = self._state.add_user(username, shown)
        if guild is not None:
            add_member(self._state, guild.id, user.id, tuple(role.id for role in roles))
        return user

    def give_roles(self, guild: Guild, user: User, *roles: Role) -> None:
        """Give a member, possibly the bot, exactly these roles."""
        set_roles(self._state, guild.id, user.id, tuple(role.id for role in roles))

    def overwrite(self, channel: Channel, *overwrites: Overwrite) -> None:
        """Replace the permission overwrites of a channel."""
        change_channel(self._state, attrs.evolve(self._state.channel(channel.id), overwrites=overwrites))

    def install_for(self, user: User) -> None:
        """Install the application for a user, so that its commands work everywhere for that user."""
        self._state.user_installs.add(user.id)

    def close_direct(self, user: User) -> None:
        """Close a user's direct messages for the bot."""
        self._state.closed_directs.add(user.id)
