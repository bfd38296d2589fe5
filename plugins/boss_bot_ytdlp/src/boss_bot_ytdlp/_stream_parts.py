"""The incomplete file of a stream, and the list of segments that it was begun with.

yt-dlp continues a stream at its next segment. That is right only while the list names the same segments. The query of
an address is left out of the comparison, because signatures in it change with every request.
"""

import hashlib
import json
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from yt_dlp.downloader.dash import DashSegmentsFD
from yt_dlp.downloader.fragment import FragmentFD
from yt_dlp.downloader.hls import HlsFD
from yt_dlp.networking import Request
from yt_dlp.networking.exceptions import HTTPError

from boss_bot_core.plugin import NotFoundError
from boss_bot_ytdlp._http_errors import find_proxy_refusal
from boss_bot_ytdlp._metadata import Info

_LIST_SUFFIX: Final = ".segments"
_FINAL_STATUSES: Final = frozenset({403, 404, 410})
_BROKEN_STREAM: Final = "The stream is incomplete at its source; look for another copy."
_LEFTOVERS: Final = (".part", ".part-Frag*", ".ytdl", _LIST_SUFFIX)


def install() -> None:
    """Check each stream when yt-dlp begins it; a worker process serves one download, so the classes may be changed."""
    for downloader_class in (HlsFD, DashSegmentsFD):
        _check_streams_of(downloader_class)
    _explain_missing_parts()


def _explain_missing_parts() -> None:
    """Make the refusal of one part of a stream say which one it was: the stream itself exists."""
    fetch = FragmentFD.download_and_append_fragments

    def fetch_explained(downloader: Any, ctx: Info, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - yt-dlp ships no types
        try:
            return fetch(downloader, ctx, *args, **kwargs)
        except Exception as error:
            refusal = downloader.ydl.request_error
            is_final = isinstance(refusal, HTTPError) and refusal.status in _FINAL_STATUSES
            if not is_final or find_proxy_refusal([refusal]):
                raise
            number, count = ctx.get("fragment_index"), ctx.get("total_frags")
            host = urlsplit(refusal.response.url).hostname
            raise NotFoundError(
                f"{host} does not have part {number} of {count} of the stream (HTTP {refusal.status}).",
                advice=_BROKEN_STREAM,
            ) from error

    FragmentFD.download_and_append_fragments = fetch_explained


def _check_streams_of(downloader_class: Any) -> None:  # noqa: ANN401 - yt-dlp ships no types
    fetch = downloader_class.real_download

    def fetch_checked(downloader: Any, filename: str, info: Info) -> Any:  # noqa: ANN401 - see above
        path = Path(filename)
        if downloader_class is HlsFD and not info.get("hls_media_playlist_data"):
            info = _load_playlist(downloader, info)
        _discard_changed_stream(path, info)
        succeeded = fetch(downloader, filename, info)
        if succeeded:
            _forget_stream(path)
        return succeeded

    downloader_class.real_download = fetch_checked


def _load_playlist(downloader: Any, info: Info) -> Info:  # noqa: ANN401 - see above
    """Return `info` with the text of its playlist, which yt-dlp then does not request again."""
    response = downloader.ydl.urlopen(Request(info["url"], None, info.get("http_headers") or {}))
    text = response.read().decode("utf-8", "ignore")
    return {**info, "url": response.url, "hls_media_playlist_data": text}


def _discard_changed_stream(path: Path, info: Info) -> None:
    """Delete the incomplete stream at `path` unless it was begun with the same segments, and keep their list's digest.

    Args:
        path: Path of the finished stream.
        info: What yt-dlp knows about the stream, with its playlist or its segments.
    """
    digest = _build_digest(info)
    if digest is None:
        return
    list_path = path.with_name(path.name + _LIST_SUFFIX)
    if not list_path.exists() or list_path.read_text() != digest:
        _forget_stream(path)
        list_path.write_text(digest)


def _forget_stream(path: Path) -> None:
    """Delete what is left of the incomplete stream at `path`."""
    for suffix in _LEFTOVERS:
        for leftover in path.parent.glob(path.name + suffix):
            leftover.unlink()


def _build_digest(info: Info) -> str | None:
    if text := info.get("hls_media_playlist_data"):
        names = [line.partition("?")[0] for line in text.splitlines()]
    elif isinstance(info.get("fragments"), list):
        names = [
            json.dumps(
                [str(part.get("url") or part.get("path")).partition("?")[0], part.get("byte_range")], default=str
            )
            for part in info["fragments"]
        ]
    else:
        return None
    return hashlib.sha256("\n".join(names).encode()).hexdigest()
