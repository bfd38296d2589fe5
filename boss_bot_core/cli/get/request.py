"""`GetRequest`: the arguments of one `boss-bot get`, as far as they are about the downloads."""

from pathlib import Path

import attrs

from boss_bot_core.domain.link import DownloadOptions
from boss_bot_core.domain.status import DownloadPriority


@attrs.frozen(kw_only=True)
class GetRequest:
    """The arguments of one `boss-bot get`.

    Attributes:
        urls: The links as they were typed; without links, the command finishes what the queue holds.
        folder: Absolute path of the folder for the files.
        max_file_size_bytes: Maximum size of a file.
        priority: Priority of the downloads.
        options: Further download options.
    """

    urls: tuple[str, ...]
    folder: Path
    max_file_size_bytes: int
    priority: DownloadPriority
    options: DownloadOptions
