"""What counts in the place where somebody asks: how large a file may be, whether adults are among themselves, rights.

Pure, so that every case can be tested without a client; `survey.py` reads the facts off discord.py's objects.
"""

import attrs
import discord

from boss_bot_core.domain.items import LOCAL_ID

REQUEST_SLACK_BYTES = 64 * 1024
"""What a message's other parts take of the room for its files."""

_NAMES = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "send_messages_in_threads": "Send Messages in Threads",
    "attach_files": "Attach Files",
}


@attrs.frozen(kw_only=True)
class ChannelInfo:
    """A channel as a download needs it.

    Attributes:
        guild_id: Its server, or `LOCAL_ID` in direct messages.
        channel_id: The channel or thread.
        parent_ids: A thread's channel and a channel's category.
        upload_limit_bytes: Largest file that is sent here.
        is_age_restricted: Whether adult media may be shown.
        can_embed: Whether the bot may show embeds.
        missing_permissions: Names of permissions that the bot lacks to deliver here.
    """

    guild_id: int = LOCAL_ID
    channel_id: int
    parent_ids: tuple[int, ...] = ()
    upload_limit_bytes: int
    is_age_restricted: bool = False
    can_embed: bool = True
    missing_permissions: tuple[str, ...] = ()

    @property
    def is_direct(self) -> bool:
        """Whether it is a conversation outside every server."""
        return self.guild_id == LOCAL_ID


def compute_upload_limit(*, default: int, cap: int, of_guild: int | None = None, learnt: int | None = None) -> int:
    """Return the largest file to send, in bytes.

    Args:
        default: What Discord takes everywhere.
        cap: The bot's own limit.
        of_guild: What discord.py believes of the server's boosts.
        learnt: What a refusal has taught, which counts for more.
    """
    real = learnt if learnt is not None else max(default, of_guild or 0)
    return min(cap, max(1, real - REQUEST_SLACK_BYTES))


def missing_permissions(granted: discord.Permissions, *, in_thread: bool = False) -> tuple[str, ...]:
    """Return the names of what is missing to answer with files."""
    needed = ["view_channel", "send_messages_in_threads" if in_thread else "send_messages", "attach_files"]
    return tuple(_NAMES[name] for name in needed if not getattr(granted, name))
