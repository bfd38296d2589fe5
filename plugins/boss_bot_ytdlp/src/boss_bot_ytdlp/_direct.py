"""A link that is the file itself: fetched by yt-dlp's own downloader, without asking any extractor.

The generic extractor would ask twice, and it knows no pictures.
"""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from boss_bot_core.plugin import Described, DownloadRequest, DownloadResult, EngineBrokenError, FetchedFile, MediaInfo
from boss_bot_ytdlp import _kinds
from boss_bot_ytdlp._content import is_text
from boss_bot_ytdlp._engine import Engine


def fetch_direct(engine: Engine, request: DownloadRequest) -> DownloadResult | None:
    """Fetch `request.url` as it is; None when it turns out to be a page or a list of segments."""
    address = urlsplit(request.url).path
    extension = _kinds.extension_of(address)
    path = request.directory / f"media-001.{extension}"
    media = MediaInfo(permalink=request.url)
    request.report(Described(media=media))
    _download(engine, path, request.url)
    if is_text(path):
        path.unlink()
        return None
    file = FetchedFile(path=path, kind=_kinds.kind_of(extension), name=_kinds.basename_of(address))
    return DownloadResult(files=(file,), media=media)


def _download(engine: Engine, path: Path, url: str) -> None:
    info: dict[str, Any] = {"id": "direct", "title": path.name, "url": url, "ext": path.suffix.removeprefix(".")}
    succeeded, _ = engine.dl(str(path), info)
    if not succeeded:
        raise EngineBrokenError("yt-dlp ended without the file, and without saying why.")
