"""The actions of a guild administrator while the bot runs: delete, restrict, lock, boost, remove and invite.

They are not faults of Discord, but each one takes something away from the bot or gives it back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from boss_bot_sandbox.discord.model.channels import Guild, Overwrite
from boss_bot_sandbox.discord.model.permissions import EVERYONE
from boss_bot_sandbox.discord.state.channels import change_channel, delete_channel
from boss_bot_sandbox.discord.state.guilds import add_member, remove_member, set_boost_tier
from boss_bot_sandbox.discord.state.message_store import discard_message
from boss_bot_sandbox.discord.state.threads import change_thread

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.model.message import Message
    from boss_bot_sandbox.discord.model.permissions import Permission
    from boss_bot_sandbox.discord.model.users import User
    from boss_bot_sandbox.discord.state.server_state import ServerState
    from boss_bot_sandbox.discord.user_client.channel_observer import ChannelLike
    from boss_bot_sandbox.discord.user_client.client import UserClient


class Administrator:
    """An administrator with all permissions."""

    def __init__(self, state: ServerState) -> None:
        self._state = state

    def delete_message(self, message: Message) -> None:
        """Delete a message as a moderator does."""
        discard_message(self._state, self._state.message(message.channel_id, message.id))

    def delete_channel(self, channel: ChannelLike) -> None:
        """Delete a channel with its threads and messages."""
        delete_channel(self._state, channel.id)

    def withdraw(self, channel: ChannelLike, permission: Permission, *, user: User | UserClient | None = None) -> None:
        """Deny a member a permission in one channel: a user, or the bot by default."""
        self._overwrite(channel, permission, user, granted=False)

    def grant(self, channel: ChannelLike, permission: Permission, *, user: User | UserClient | None = None) -> None:
        """Allow a member a permission in one channel: a user, or the bot by default."""
        self._overwrite(channel, permission, user, granted=True)

    def change_thread(self, thread: ChannelLike, **changes: bool) -> None:
        """Set the flags ``archived``, ``locked`` and ``announced`` of a thread; the others stay."""
        change_thread(self._state, self._state.channel(thread.id), **changes)

    def boost(self, guild: Guild, tier: int) -> None:
        """Set the boost tier of a guild, which decides its upload limit."""
        set_boost_tier(self._state, guild.id, tier)

    def restrict_age(self, channel: ChannelLike, *, restricted: bool = True) -> None:
        """Set or remove the age restriction of a channel."""
        change_channel(self._state, attrs.evolve(self._state.channel(channel.id), age_restricted=restricted))

    def remove_bot(self, guild: Guild) -> None:
        """Remove the bot from a guild."""
        remove_member(self._state, guild.id, self._state.bot.id)

    def invite_bot(self, guild: Guild, *, by: User | None = None, permissions: Permission = EVERYONE) -> None:
        """Invite the bot to a guild with some permissions, as a user or as the guild's owner."""
        inviter_id = None if by is None else by.id
        add_member(self._state, guild.id, self._state.bot.id, permissions=permissions, invited_by=inviter_id)

    def _overwrite(
        self, channel: ChannelLike, permission: Permission, user: User | UserClient | None, *, granted: bool
    ) -> None:
        member_id, current = (user or self._state.bot).id, self._state.channel(channel.id)
        known = next((one for one in current.overwrites if one.target_id == member_id), None)
        own = known or Overwrite(target_id=member_id, for_member=True)
        allow = own.allow | permission if granted else own.allow & ~permission
        deny = own.deny & ~permission if granted else own.deny | permission
        others = tuple(one for one in current.overwrites if one.target_id != member_id)
        change_channel(
            self._state, attrs.evolve(current, overwrites=(*others, attrs.evolve(own, allow=allow, deny=deny)))
        )
