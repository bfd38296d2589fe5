"""`SiteProfile`: what a plugin tells the engine about one site.

A plugin subclasses `SiteProfile` and overrides what its site does differently.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

from boss_bot_core.plugin import DownloadFailedError, DownloadRequest, MediaInfo, SkippedFile, UnsupportedUrlError
from boss_bot_gallerydl import _metadata
from boss_bot_gallerydl._format_selector import VideoFormatSelector
from boss_bot_gallerydl._traffic import TrafficRecord

Metadata = dict[str, Any]
"""gallery-dl's metadata of a post or of a file, whose keys differ from site to site."""

Options = Mapping[tuple[str, ...], object]
"""gallery-dl's options by path, such as `("extractor", "twitter", "quoted")`."""


class SiteProfile:
    """How to fetch from a site; one instance serves one download.

    Args:
        request: The download request.

    Attributes:
        categories: The gallery-dl categories that the request's address may belong to; None allows every site's.
        max_files: Maximum number of files of one download.
        has_smaller_fallbacks: Whether a file's fallback addresses (its `_fallback`) lead to ever smaller versions. The
            engine then fetches the first version that fits the destination, or else the last one.
        stream_extractors: yt-dlp's extractors (patterns of names) that a stream may need; None allows any, which costs
            50 ms.
        part: Number of the one file of the post that the link points at, or None for all files.
        format_selector: Selects among the formats of a stream; a profile sets its `duration_s`.
        missing: Parts of the post that the site does not give; a profile appends them.
    """

    categories: frozenset[str] | None = None
    max_files: int = 100
    has_smaller_fallbacks: bool = False
    stream_extractors: tuple[str, ...] | None = None

    def __init__(self, request: DownloadRequest) -> None:
        self.request = request
        part = parse_qs(urlsplit(request.url).query).get("img_index", [""])[0]
        self.part = int(part) if part.isdecimal() else None
        has_ffmpeg = request.ffmpeg is not None
        target_bytes = request.target_file_size_bytes
        self.format_selector = VideoFormatSelector(request.options, target_bytes, has_ffmpeg=has_ffmpeg)
        self.missing: list[SkippedFile] = []

    def check_request(self) -> None:
        """Check that the engine can serve the request, before any network request is made.

        Raises:
            UnsupportedUrlError: It cannot; another engine may.
        """
        if self.request.options.audio_only:
            raise UnsupportedUrlError("gallery-dl cannot take the sound out of a video.")

    def build_options(self) -> Options:
        """Return gallery-dl options by path, such as `("extractor", "twitter", "quoted")`."""
        return {}

    def prepare_extractor(self, extractor: Any) -> None:  # noqa: ANN401 - gallery-dl ships no types
        """Inspect or change the extractor before its first request; its session is open already.

        Raises:
            DownloadFailedError: The download cannot succeed.
        """

    def on_post(self, post: Metadata) -> None:
        """Inspect a post before its files; a `DownloadFailedError` ends the download."""

    def on_file(self, url: str, file: Metadata) -> None:
        """Inspect a file, or change its metadata, before it is fetched.

        Raises:
            DownloadFailedError: This file cannot be fetched; the other files still are.
        """

    def is_requested_file(self, file: Metadata) -> bool:
        """Return whether the link points at a file of the post."""
        return self.part in {None, file.get("num")}

    def is_requested_post(self, post: Metadata) -> bool:
        """Return whether a post, met after the first one, describes the download better than the earlier ones."""
        return False

    def describe_post(self, post: Metadata) -> MediaInfo:
        """Return a post's metadata in the shape that all platforms share."""
        return _metadata.describe_post(post, self.request.url)

    def get_alt_text(self, file: Metadata) -> str | None:
        """Return the file's description for people who cannot see it."""
        return _metadata.get_alt_text(file)

    def get_skip_reason(self, category: str, url: str) -> str | None:
        """Return why a link inside a post is not followed, as one sentence, or None to follow it.

        Args:
            category: gallery-dl's category of the link; empty if gallery-dl has no extractor for it.
            url: Address of the link.
        """
        return None if category else "It leads to a page that is not supported."

    def explain_failure(self, failure: Exception | None, traffic: TrafficRecord) -> DownloadFailedError | None:
        """Return the site-specific error for a failed download or file, or None for the general translation.

        Args:
            failure: Exception that the engine raised, or None if it raised none.
            traffic: What the engine's requests showed.
        """
        return None
