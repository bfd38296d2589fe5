"""All state of one local Discord.

One class holds every table, so that a snapshot is one look and nothing can be half known. It looks up and refuses; the
modules beside it change things.
"""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import attrs

from boss_bot_sandbox.discord.errors import ApiError, ApiErrorKind
from boss_bot_sandbox.discord.model.attachment import Attachment
from boss_bot_sandbox.discord.model.channels import Channel, Guild
from boss_bot_sandbox.discord.model.command import Command
from boss_bot_sandbox.discord.model.interaction import Interaction
from boss_bot_sandbox.discord.model.message import Message
from boss_bot_sandbox.discord.model.snowflake import Snowflake, SnowflakeGenerator
from boss_bot_sandbox.discord.model.users import Member, Role, User
from boss_bot_sandbox.discord.options import Options
from boss_bot_sandbox.discord.state.event_log import EventLog

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.events import Event

T = TypeVar("T")


@attrs.define(kw_only=True, eq=False)
class ServerState:
    """The tables of one local Discord.

    Attributes:
        directory: Where uploaded files are kept, known once the server listens.
        cdn_url: The base of attachments' addresses, known once the server listens.
        messages: By channel, then by message, oldest first.
        members: By guild, then by account.
        files: All files that have an address.
        commands: By scope (a guild's id, or None for global), then by command.
        user_installs: People who installed the application for themselves.
        closed_directs: People who take no direct messages from the bot.
        nonces: Author and nonce to message and monotonic seconds.
    """

    options: Options
    directory: Path = attrs.field(factory=Path)
    cdn_url: str = ""
    log: EventLog = attrs.Factory(EventLog)
    ids: SnowflakeGenerator = attrs.Factory(SnowflakeGenerator)
    bot: User = attrs.field(init=False)
    owner: User = attrs.field(init=False)
    users: dict[Snowflake, User] = attrs.Factory(dict)
    guilds: dict[Snowflake, Guild] = attrs.Factory(dict)
    roles: dict[Snowflake, Role] = attrs.Factory(dict)
    members: dict[Snowflake, dict[Snowflake, Member]] = attrs.Factory(dict)
    channels: dict[Snowflake, Channel] = attrs.Factory(dict)
    messages: dict[Snowflake, dict[Snowflake, Message]] = attrs.Factory(dict)
    files: dict[Snowflake, Attachment] = attrs.Factory(dict)
    commands: dict[Snowflake | None, dict[Snowflake, Command]] = attrs.Factory(dict)
    interactions: dict[str, Interaction] = attrs.Factory(dict)
    user_installs: set[Snowflake] = attrs.Factory(set)
    closed_directs: set[Snowflake] = attrs.Factory(set)
    nonces: dict[tuple[Snowflake, str], tuple[Message, float]] = attrs.Factory(dict)

    def __attrs_post_init__(self) -> None:
        self.bot = self.add_user("boss-bot", "Boss-Bot", bot=True)
        self.owner = self.add_user("olivia", "Olivia (owner)")

    def publish(self, event: Event) -> None:
        """Tell the log what happened."""
        self.log.publish(event)

    def add_user(self, username: str, global_name: str | None = None, *, bot: bool = False) -> User:
        """Open an account."""
        user = User(id=self.ids.generate(), username=username, global_name=global_name, bot=bot)
        self.users[user.id] = user
        return user

    def generate_token(self) -> str:
        """Return a secret for an interaction, as unguessable as Discord's."""
        return secrets.token_urlsafe(32)

    def guild(self, guild_id: Snowflake) -> Guild:
        """Return a guild or refuse with "Unknown Guild"."""
        return _require(self.guilds.get(guild_id), ApiErrorKind.UNKNOWN_GUILD)

    def channel(self, channel_id: Snowflake) -> Channel:
        """Return a channel or refuse with "Unknown Channel"."""
        return _require(self.channels.get(channel_id), ApiErrorKind.UNKNOWN_CHANNEL)

    def user(self, user_id: Snowflake) -> User:
        """Return an account or refuse with "Unknown User"."""
        return _require(self.users.get(user_id), ApiErrorKind.UNKNOWN_USER)

    def member(self, guild_id: Snowflake, user_id: Snowflake) -> Member:
        """Return a member or refuse with "Unknown Member"."""
        return _require(self.members.get(guild_id, {}).get(user_id), ApiErrorKind.UNKNOWN_MEMBER)

    def message(self, channel_id: Snowflake, message_id: Snowflake) -> Message:
        """Return a message or refuse with "Unknown Message"."""
        return _require(self.messages.get(channel_id, {}).get(message_id), ApiErrorKind.UNKNOWN_MESSAGE)

    def is_member(self, guild_id: Snowflake, user_id: Snowflake) -> bool:
        """Return whether an account is in a guild."""
        return user_id in self.members.get(guild_id, {})


def _require(value: T | None, refusal: ApiErrorKind) -> T:
    if value is None:
        raise ApiError(refusal)
    return value
