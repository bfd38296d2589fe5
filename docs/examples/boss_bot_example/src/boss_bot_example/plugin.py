"""Plugin for pictures.example: each post is a page /p/<number>, and its picture is /p/<number>.jpg."""

import shutil
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

from boss_bot_core.plugin import (
    DownloadRequest,
    DownloadResult,
    FetchedFile,
    Link,
    MediaInfo,
    NetworkError,
    NotFoundError,
    Platform,
    Specificity,
    UrlMatch,
    hookimpl,
)


@hookimpl
def bossbot_platform() -> Platform:
    """Describe the site."""
    return Platform(name="pictures", title="Pictures", description="Download from Pictures", alias="dlp")


@hookimpl
def bossbot_match_url(link: Link) -> UrlMatch | None:
    """Claim links to posts."""
    match link.segments:
        case ["p", number] if link.on_host("pictures.example") and number.isdecimal():
            key, url = f"pictures:{number}", f"{link.scheme}://pictures.example/p/{number}"
            return UrlMatch(
                media_key=key, url=url, specificity=Specificity.PLATFORM, engine="pictures", reason="a post"
            )
    return None


@hookimpl
def bossbot_download(request: DownloadRequest) -> DownloadResult:
    """Fetch a post's picture."""
    target = request.directory / "picture.jpg"
    opener = build_opener(ProxyHandler({"http": request.proxy_url, "https": request.proxy_url}))
    try:
        with opener.open(f"{request.url}.jpg", timeout=20) as answer, target.open("wb") as file:
            shutil.copyfileobj(answer, file)
    except HTTPError as error:
        gone = error.code == 404
        raise (NotFoundError if gone else NetworkError)(f"The site answered {error.code}.") from error
    except OSError as error:
        raise NetworkError("The site did not answer.") from error
    return DownloadResult(files=(FetchedFile(path=target, kind="image"),), media=MediaInfo(permalink=request.url))
