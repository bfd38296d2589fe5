"""The state of one download, shared by its gallery-dl jobs: a job has a child job for each link that it follows."""

from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import attrs

from boss_bot_core.plugin import (
    Described,
    DownloadFailedError,
    DownloadRequest,
    MediaInfo,
    NothingFoundError,
    PartFile,
    build_text_error,
    read_text,
)
from boss_bot_gallerydl._errors import to_download_error
from boss_bot_gallerydl._file_list import FileList
from boss_bot_gallerydl._site_profile import SiteProfile
from boss_bot_gallerydl._traffic import TrafficRecord

_MANIFEST_STARTS: Final = ("#EXTM3U", "<MPD")


@attrs.define(kw_only=True)
class DownloadRun:
    """One download's request, and what is known about it so far.

    Attributes:
        profile: The site's profile.
        traffic: What the engine's requests showed.
        files: The files that the engine met.
        media: The post's metadata, or None before the first post.
    """

    profile: SiteProfile
    traffic: TrafficRecord = attrs.field(factory=TrafficRecord)
    files: FileList = attrs.field(factory=FileList)
    media: MediaInfo | None = None

    @property
    def request(self) -> DownloadRequest:
        """The download request."""
        return self.profile.request

    @property
    def is_direct(self) -> bool:
        """Whether the request's address is that of a file, so that nobody knows another one."""
        return self.request.media_key.startswith("directlink:")

    @property
    def host(self) -> str:
        """Host of the request's address."""
        return urlsplit(self.request.url).hostname or "the site"

    def explain_failure(self, failure: Exception | None, url: str | None = None) -> DownloadFailedError:
        """Return the typed error for the latest failure.

        Args:
            failure: Exception that the engine raised; None if it gave up without one.
            url: Address that failed, if it is not the request's own.
        """
        if isinstance(failure, DownloadFailedError):
            return failure
        if failure is None and (error := self.profile.format_selector.error):
            return error
        host = (url and urlsplit(url.removeprefix("ytdl:")).hostname) or self.host
        self.traffic.read_log_messages(host)
        specific = self.profile.explain_failure(failure, self.traffic)
        return specific or to_download_error(failure, self.traffic, host)

    def find_text_error(self, path: Path) -> DownloadFailedError | None:
        """Return the error that a text in place of a finished file explains, and delete the text; None for a file."""
        text = read_text(path) if path.is_file() else None
        if text is None:
            return None
        PartFile(path).discard()
        if text.lstrip().startswith(_MANIFEST_STARTS):
            return NothingFoundError("The video is offered as a stream only.")
        return build_text_error(text, self.traffic.response.url if self.traffic.response else self.request.url)

    def add_post(self, post: dict[str, Any]) -> None:
        """Read a post's metadata, and report it if it is the requested post.

        Raises:
            DownloadFailedError: The profile refuses the post.
        """
        self.profile.on_post(post)
        described = self.profile.describe_post(post)
        # One adult post among several makes the whole delivery adult.
        adult = described.adult or (self.media is not None and self.media.adult)
        media = described if self.media is None or self.profile.is_requested_post(post) else self.media
        media = attrs.evolve(media, adult=adult)
        if media != self.media:
            self.media = media
            self.request.report(Described(media=media))
