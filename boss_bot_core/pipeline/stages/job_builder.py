"""What a worker is sent off with: limits, certificates, cookies, programs; apart from the trying of candidates."""

from collections.abc import Mapping
from pathlib import Path

import attrs

from boss_bot_core.domain.items import DownloadItem
from boss_bot_core.routing import Candidate
from boss_bot_core.worker import DownloadJob


@attrs.frozen(kw_only=True)
class DownloadJobBuilder:
    """What every download is given, and what it may use.

    Attributes:
        max_file_size_bytes: Largest file.
        max_job_bytes: Most bytes over the wire, of all files together.
        rate_bps: Bytes per second, or None.
        ca_file: An extra certificate authority, or None.
        cookies: Cookie file by platform plugin's name.
        ffmpeg: The ffmpeg to use, or None.
    """

    max_file_size_bytes: int
    max_job_bytes: int
    rate_bps: int | None = None
    ca_file: Path | None = None
    cookies: Mapping[str, Path] = attrs.field(factory=dict)
    ffmpeg: Path | None = None

    def build(self, item: DownloadItem, candidate: Candidate, directory: Path, proxy_url: str) -> DownloadJob:
        """Return what a worker has to do for one candidate.

        Args:
            item: Whose download it is.
            candidate: Which plugin, and the address that it wants.
            directory: The only folder that it may write.
            proxy_url: Its only way out.
        """
        max_file_size_bytes = item.useful_file_bytes(self.max_file_size_bytes)
        return DownloadJob(
            plugin=candidate.plugin,
            url=candidate.match.url,
            media_key=candidate.match.media_key,
            directory=directory,
            options=item.options,
            max_file_size_bytes=max_file_size_bytes,
            target_file_size_bytes=min(max_file_size_bytes, item.max_file_size_bytes),
            proxy_url=proxy_url,
            ca_file=self.ca_file,
            cookies_file=self.cookies.get(candidate.plugin),
            ffmpeg=self.ffmpeg,
        )
