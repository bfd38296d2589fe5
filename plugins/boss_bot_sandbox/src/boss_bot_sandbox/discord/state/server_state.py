"""The complete state of one local Discord.

One class holds all tables. It only looks up objects; the other modules of this package change the state.
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
        directory: The folder of uploaded files, set when the server starts.
        cdn_url: The base address of attachments, set when the server starts.
        messages: The messages by channel and message, oldest first.
        members: The members by guild and user.
        files: The attachments that the CDN serves.
        commands: The commands by scope (the id of a guild, or None for global commands) and command.
        interactions: The interactions by token.
        user_installs: The users who installed the application for themselves.
        unavailable: The guilds of which a starting session learns only the id.
        invitations: Who added the bot to a guild last, by guild, with the id of the audit log's entry.
        closed_directs: The users who accept no direct messages from the bot.
        nonces: The message and the time in monotonic seconds, by author and nonce.
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
    unavailable: set[Snowflake] = attrs.Factory(set)
    invitations: dict[Snowflake, tuple[Snowflake, Snowflake]] = attrs.Factory(dict)
    closed_directs: set[Snowflake] = attrs.Factory(set)
    nonces: dict[tuple[Snowflake, str], tuple[Message, float]] = attrs.Factory(dict)

    def __attrs_post_init__(self) -> None:
        self.bot = self.add_user("boss-bot", "Boss-Bot", bot=True)
        self.owner = self.add_user("olivia", "Olivia (owner)")

    def publish(self, event: Event) -> None:
        """Append an event to the event log."""
        self.log.publish(event)

    def add_user(self, username: str, global_name: str | None = None, *, bot: bool = False) -> User:
        """Create a user."""
        user = User(id=self.ids.generate(), username=username, global_name=global_name, bot=bot)
        self.users[user.id] = user
        return user

    def generate_token(self) -> str:
        """Return a new secret token for an interaction."""
        return secrets.token_urlsafe(32)

    def guild(self, guild_id: Snowflake) -> Guild:
        """Return a guild; raises ``ApiError`` "Unknown Guild" when there is none."""
        return _require(self.guilds.get(guild_id), ApiErrorKind.UNKNOWN_GUILD)

    def channel(self, channel_id: Snowflake) -> Channel:
        """Return a channel; raises ``ApiError`` "Unknown Channel" when there is none."""
        return _require(self.channels.get(channel_id), ApiErrorKind.UNKNOWN_CHANNEL)

    def user(self, user_id: Snowflake) -> User:
        """Return a user; raises ``ApiError`` "Unknown User" when there is none."""
        return _require(self.users.get(user_id), ApiErrorKind.UNKNOWN_USER)

    def member(self, guild_id: Snowflake, user_id: Snowflake) -> Member:
        """Return a member; raises ``ApiError`` "Unknown Member" when there is none."""
        return _require(self.members.get(guild_id, {}).get(user_id), ApiErrorKind.UNKNOWN_MEMBER)

    def message(self, channel_id: Snowflake, message_id: Snowflake) -> Message:
        """Return a message; raises ``ApiError`` "Unknown Message" when there is none."""
        return _require(self.messages.get(channel_id, {}).get(message_id), ApiErrorKind.UNKNOWN_MESSAGE)

    def is_member(self, guild_id: Snowflake, user_id: Snowflake) -> bool:
        """Return whether a user is a member of a guild."""
        return user_id in self.members.get(guild_id, {})


def _require(value: T | None, refusal: ApiErrorKind) -> T:
    if value is None:
        raise ApiError(refusal)
    return value
