"""What a download needs to know about its channel: upload limit, age restriction and the bot's permissions.

Pure, so that every case can be tested without a client; `channel_inspector.py` reads the values from discord.py.
"""

from collections.abc import Iterable

import attrs
import discord

from boss_bot_core.bot.language import gettext_noop
from boss_bot_core.domain.items import LOCAL_ID

REQUEST_SLACK_BYTES = 64 * 1024
"""The part of an upload limit that is reserved for the rest of the message beside its files, bytes."""

_NAMES = {
    "view_channel": gettext_noop("View Channel"),
    "send_messages": gettext_noop("Send Messages"),
    "send_messages_in_threads": gettext_noop("Send Messages in Threads"),
    "attach_files": gettext_noop("Attach Files"),
    "embed_links": gettext_noop("Embed Links"),
}


@attrs.frozen(kw_only=True)
class ChannelInfo:
    """The facts about a channel that count for a download.

    Attributes:
        guild_id: The guild, or `LOCAL_ID` in direct messages.
        channel_id: The channel or thread.
        upload_limit_bytes: The largest file that the bot sends here.
        is_age_restricted: Whether adult media may be shown.
        can_embed: Whether the bot may show embeds.
        missing_permissions: Names of the permissions that the bot lacks to deliver here.
    """

    guild_id: int = LOCAL_ID
    channel_id: int
    upload_limit_bytes: int
    is_age_restricted: bool = False
    can_embed: bool = True
    missing_permissions: tuple[str, ...] = ()

    @property
    def is_direct(self) -> bool:
        """Whether the channel is a conversation outside of guilds."""
        return self.guild_id == LOCAL_ID


def compute_upload_limit(
    *, default_limit: int, cap: int, guild_limit: int | None = None, learned_limit: int | None = None
) -> int:
    """Return the largest file that the bot sends, in bytes.

    Args:
        default_limit: The limit that Discord grants everywhere.
        cap: The operator's own limit.
        guild_limit: The guild's limit by its boosts, as discord.py knows it.
        learned_limit: The limit that a refused upload revealed; it replaces the other two limits of Discord.
    """
    limit = learned_limit if learned_limit is not None else max(default_limit, guild_limit or 0)
    return min(cap, max(1, limit - REQUEST_SLACK_BYTES))


def missing_permissions(granted: discord.Permissions, *, in_thread: bool = False) -> tuple[str, ...]:
    """Return the names of the permissions that the bot lacks to answer with files."""
    needed = ["view_channel", "send_messages_in_threads" if in_thread else "send_messages", "attach_files"]
    return _name_missing(granted, needed)


def missing_post_permissions(granted: discord.Permissions) -> tuple[str, ...]:
    """Return the names of the permissions that a user lacks to post media in a channel without the bot."""
    return _name_missing(granted, ("attach_files", "embed_links"))


def _name_missing(granted: discord.Permissions, needed: Iterable[str]) -> tuple[str, ...]:
    return tuple(_NAMES[name] for name in needed if not getattr(granted, name))
