"""What a command hands to the service: who asks, for what."""

import attrs

from boss_bot_core.domain.items import LOCAL_ID, Destination
from boss_bot_core.domain.link import DownloadOptions, Link
from boss_bot_core.domain.status import DownloadPriority


@attrs.frozen(kw_only=True)
class Requester:
    """Who asks, and where.

    Attributes:
        user_id: Discord's id, or `LOCAL_ID`.
        guild_id: Discord's id, or `LOCAL_ID`.
        channel_id: Discord's id, or `LOCAL_ID`.
    """

    user_id: int = LOCAL_ID
    guild_id: int = LOCAL_ID
    channel_id: int = LOCAL_ID


@attrs.frozen(kw_only=True)
class DownloadSpec:
    """What is asked for.

    Attributes:
        link: The link.
        destination: Where the files go.
        max_file_size_bytes: The destination's limit for one file.
        priority: How urgent.
        options: Further wishes.
        plugin: Only this plugin may take it (a platform's own command), or None.
        max_attempts: At most so many attempts, where that is fewer than the program's own number.
    """

    link: Link
    destination: Destination
    max_file_size_bytes: int
    priority: DownloadPriority = DownloadPriority.NORMAL
    options: DownloadOptions = DownloadOptions()
    plugin: str | None = None
    max_attempts: int | None = None
