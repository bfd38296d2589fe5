"""The download of a post or a file on Reddit, with Reddit's site profile for the gallery-dl engine."""

import importlib
from typing import Final
from urllib.parse import urlsplit

from boss_bot_core.plugin import DownloadFailedError, DownloadRequest, DownloadResult, MediaInfo, UnsupportedUrlError
from boss_bot_gallerydl import engine
from boss_bot_gallerydl.engine import Metadata, Options, SiteProfile, TrafficRecord
from boss_bot_reddit import _errors, _metadata

_STREAM_MODULES: Final = ("yt_dlp", "gallery_dl.downloader.ytdl")
"""Modules that gallery-dl imports when it downloads a stream."""


def warm_up() -> None:
    """Import both engines and open one idle session of Reddit's extractor."""
    engine.warm_up("https://www.reddit.com/comments/1")
    for module in _STREAM_MODULES:
        importlib.import_module(module)


def download(request: DownloadRequest) -> DownloadResult:
    """Fetch a post's media.

    Raises:
        DownloadFailedError: See `boss_bot_gallerydl.engine.fetch`.
    """
    return engine.fetch(RedditProfile(request))


class RedditProfile(SiteProfile):
    """The profile for one post or file."""

    categories = frozenset({"reddit"})
    has_smaller_fallbacks = True
    stream_extractors = ("generic", "reddit.*")

    def check_request(self) -> None:
        """Refuse requests for sound alone and for videos by their own address.

        Raises:
            UnsupportedUrlError: gallery-dl cannot serve the request.
        """
        super().check_request()
        if urlsplit(self.request.url).hostname == "v.redd.it":
            raise UnsupportedUrlError("gallery-dl does not know a video of Reddit by its address alone.")

    def build_options(self) -> Options:
        """Leave out preview pictures: gallery-dl would fetch the preview of a dead link as its media."""
        return {("extractor", "reddit", "previews"): False, ("extractor", "reddit", "videos"): "dash"}

    def on_post(self, post: Metadata) -> None:
        """Refuse a post that was taken down, even if its files still exist, and note the lost pictures of a gallery.

        Raises:
            NotFoundError: The post was taken down.
        """
        if category := post.get("removed_by_category"):
            raise _errors.build_removal_error(str(category))
        self.missing += _metadata.list_lost_pictures(post)

    def on_file(self, url: str, file: Metadata) -> None:
        """Set a video's duration, and add a picture's smaller versions as fallbacks."""
        self.format_selector.duration_s = _metadata.get_duration_s(file)
        if urlsplit(url).hostname == "i.redd.it":
            file["_fallback"] = _metadata.get_smaller_versions(url, file)

    def describe_post(self, post: Metadata) -> MediaInfo:
        """Return a post's metadata in the shape that all platforms share."""
        return _metadata.describe_post(post, self.request.url)

    def get_alt_text(self, file: Metadata) -> str | None:
        """Return a gallery picture's caption."""
        return _metadata.get_caption(file)

    def get_skip_reason(self, category: str, url: str) -> str | None:
        """Follow links to every site that gallery-dl has an extractor for."""
        return None if category else f"The post only links to {urlsplit(url).hostname}, where gallery-dl sees no media."

    def explain_failure(self, failure: Exception | None, traffic: TrafficRecord) -> DownloadFailedError | None:
        """Return the error for Reddit's own refusal of a post."""
        return _errors.find_reddit_error(failure, traffic) if failure else None
