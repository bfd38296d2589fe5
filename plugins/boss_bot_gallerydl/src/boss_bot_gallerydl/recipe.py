"""What a platform plugin adds to the engine: a recipe for one site, or the general one as it stands.

A plugin subclasses `Recipe` and overrides what its site does differently. `post` and `file` are gallery-dl's
metadata of a post and of one of its files: dicts whose keys differ from site to site.
"""

from collections.abc import Mapping
from typing import Any

from boss_bot_core.plugin import DownloadFailedError, DownloadRequest, MediaInfo
from boss_bot_gallerydl import _metadata
from boss_bot_gallerydl.evidence import Evidence
from boss_bot_gallerydl.video_format import VideoFormat

Metadata = dict[str, Any]
Options = Mapping[tuple[str, ...], object]

SPECIAL_CATEGORIES = frozenset({"recursive", "generic", "oauth", "ytdl", "noop"})
"""gallery-dl's extractors that read local files, log in, or try anything: never for a link from outside."""


class Recipe:
    """How to fetch from a site; one instance serves one download.

    Args:
        request: The download.

    Attributes:
        categories: The gallery-dl categories that the request's address may belong to; None: every site's.
        max_files: Most files of one download.
        fallbacks_are_smaller: Whether a file's fallback addresses (its `_fallback`) lead to ever smaller versions of
            it: the first that the destination takes is fetched, or else the last.
        stream_extractors: yt-dlp's extractors (patterns of names) that a stream may need; None: any, which costs 50 ms.
        video_format: Chooses among a stream's formats; a recipe tells it the video's length.
    """

    categories: frozenset[str] | None = None
    max_files: int = 100
    fallbacks_are_smaller: bool = False
    stream_extractors: tuple[str, ...] | None = None

    def __init__(self, request: DownloadRequest) -> None:
        self.request = request
        self.video_format = VideoFormat(request.options, request.target_file_size_bytes)

    def options(self) -> Options:
        """Return gallery-dl options by path, such as `("extractor", "twitter", "quoted")`."""
        return {}

    def prepare(self, extractor: Any) -> None:  # noqa: ANN401 - gallery-dl ships no types
        """Look at the extractor, or change it, before it asks for anything; its session is open already.

        Raises:
            DownloadFailedError: There is no point in going on.
        """

    def on_post(self, post: Metadata) -> None:
        """Look at a post before its files.

        Raises:
            DownloadFailedError: There is no point in going on.
        """

    def on_file(self, url: str, file: Metadata) -> None:
        """Look at a file, or change its metadata, before it is fetched.

        Raises:
            DownloadFailedError: This file cannot be had; the others still can.
        """

    def is_asked_for(self, post: Metadata) -> bool:
        """Tell whether a post, met after the first, describes the download better than the ones before it."""
        return False

    def describe(self, post: Metadata) -> MediaInfo:
        """Return what the post is, in the shape of all platforms."""
        return _metadata.describe(post, self.request.url)

    def alt_text(self, file: Metadata) -> str | None:
        """Return the file's description for people who cannot see it."""
        return _metadata.alt_text(file)

    def reason_not_to_follow(self, category: str, url: str) -> str | None:
        """Say in one sentence why a link inside the post is not followed, or None to follow it.

        Args:
            category: gallery-dl's category of the link; empty when it knows none.
            url: Where it leads.
        """
        if not category:
            return "It leads to a page that is not supported."
        return None

    def explain(self, failure: Exception | None, evidence: Evidence) -> DownloadFailedError | None:
        """Return the error for what ended the download or a file, or None for the general translation.

        Args:
            failure: What the engine raised, if it raised.
            evidence: What was seen on the wire.
        """
        return None
