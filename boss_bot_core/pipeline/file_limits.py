"""`FileLimits`: the largest file that is fetched for a download, and the largest one that is stored for it."""

import attrs

from boss_bot_core.domain.items import DownloadItem


@attrs.frozen(kw_only=True)
class FileLimits:
    """The limits for one file, with and without plugins that make files fit.

    Attributes:
        cap_bytes: The program's own limit.
        is_converting: Whether a plugin post-processes files.
    """

    cap_bytes: int
    is_converting: bool

    def fetched(self, item: DownloadItem) -> int:
        """Return the size of the largest file that is fetched: the destination's limit is none before a conversion."""
        return self.cap_bytes if self.is_converting else self.stored(item)

    def stored(self, item: DownloadItem) -> int:
        """Return the size of the largest file that is stored.

        A folder's limit was set by the user, so it applies. A channel's limit does not: a file above it can be kept on
        the host, and the delivery tells why.
        """
        return min(self.cap_bytes, item.max_file_size_bytes) if item.destination.kind == "folder" else self.cap_bytes
