"""The request that a command passes to the download service: the requester and the requested download."""

import attrs

from boss_bot_core.domain.items import LOCAL_ID, Destination, NewDownload
from boss_bot_core.domain.link import DownloadOptions, Link
from boss_bot_core.domain.preferences import DEFAULT_PREFERENCES
from boss_bot_core.domain.status import DownloadPriority
from boss_bot_core.errors import UnsupportedUrlError
from boss_bot_core.plugin.matching import Specificity
from boss_bot_core.routing import Route


@attrs.frozen(kw_only=True)
class Requester:
    """The user, the guild and the channel of a request.

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
    """The requested download.

    Attributes:
        link: The link.
        destination: The destination of the files.
        max_file_size_bytes: The destination's limit for one file.
        priority: The priority in the queue.
        options: The download options.
        known_host_only: Whether a plugin must know the link's host: the address was typed without `https://`.
        plugin: The only plugin that may be used (for a platform's own command), or None.
        max_attempts: Number of attempts; the operator's limit applies too.
    """

    link: Link
    destination: Destination
    max_file_size_bytes: int
    priority: DownloadPriority = DownloadPriority.NORMAL
    options: DownloadOptions = DownloadOptions()
    known_host_only: bool = False
    plugin: str | None = None
    max_attempts: int = DEFAULT_PREFERENCES.max_attempts


def build_download(spec: DownloadSpec, requester: Requester, route: Route, max_attempts: int) -> NewDownload:
    """Return the queue item of a request.

    Args:
        spec: The link, its destination and its options.
        requester: The user, the guild and the channel of the request.
        route: The plugins that can fetch the link.
        max_attempts: The operator's limit for attempts.

    Raises:
        UnsupportedUrlError: No plugin can fetch the link, or not the one that the command belongs to, or none knows
            the host of an address without a scheme.
    """
    best = route.best
    if spec.plugin is not None and best.plugin != spec.plugin:
        raise UnsupportedUrlError(f"{spec.link.host} is not a link for this command.")
    if spec.known_host_only and best.match.specificity < Specificity.ENGINE:
        raise UnsupportedUrlError(f"No plugin knows {spec.link.host}: write https:// in front of the whole address.")
    return NewDownload(
        url=spec.link.url,
        media_key=best.match.media_key,
        plugin=best.plugin,
        destination=spec.destination,
        max_file_size_bytes=spec.max_file_size_bytes,
        priority=spec.priority,
        options=spec.options,
        max_attempts=min(spec.max_attempts, max_attempts),
        **attrs.asdict(requester),
    )
