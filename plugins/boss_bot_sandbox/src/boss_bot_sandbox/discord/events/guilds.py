"""Events about guilds, channels, roles and members.

Other gateway intents apply to them than to messages.
"""

from __future__ import annotations

import attrs

from boss_bot_sandbox.discord.events.base import Event
from boss_bot_sandbox.discord.model.channels import Channel, Guild
from boss_bot_sandbox.discord.model.users import Member, Role


@attrs.frozen
class GuildCreated(Event):
    """The bot was added to a guild."""

    guild: Guild


@attrs.frozen
class GuildUpdated(Event):
    """A guild changed, for instance its boost tier."""

    guild: Guild


@attrs.frozen
class GuildDeleted(Event):
    """The bot left a guild or was removed from it."""

    guild: Guild


@attrs.frozen
class ChannelCreated(Event):
    """A channel or thread was created."""

    channel: Channel


@attrs.frozen
class ChannelUpdated(Event):
    """A channel or thread changed, for instance its overwrites."""

    channel: Channel


@attrs.frozen
class ChannelDeleted(Event):
    """A channel or thread was deleted with its messages."""

    channel: Channel


@attrs.frozen
class RoleCreated(Event):
    """A role was created."""

    role: Role


@attrs.frozen
class MemberJoined(Event):
    """A user joined a guild."""

    member: Member


@attrs.frozen
class MemberUpdated(Event):
    """A member's roles or nickname changed."""

    member: Member


@attrs.frozen
class MemberLeft(Event):
    """A user left a guild."""

    member: Member
