"""Plugin for pictures.example: each post is a gallery /p/<number>, which /p/<number>.json describes."""

from boss_bot_core.plugin import DownloadRequest, DownloadResult, Link, MediaInfo, Platform, UrlMatch, hookimpl


@hookimpl
def bossbot_platform() -> Platform:
    """Describe the site."""
    return Platform(name="pictures", title="Pictures", description="Download from Pictures", alias="dlp")


@hookimpl
def bossbot_match_url(link: Link) -> UrlMatch | None:
    """Claim links to posts."""
    match link.segments:
        case ["p", number] if link.on_host("pictures.example") and number.isdecimal():
            url = f"{link.scheme}://pictures.example/p/{number}"
            return UrlMatch(media_key=f"pictures:{number}", url=url, engine="pictures", reason="a post")
    return None


@hookimpl
def bossbot_download(request: DownloadRequest) -> DownloadResult:
    """Fetch a post's pictures."""
    post = request.http.get_json(f"{request.url}.json", cookies={"of_age": "yes"})
    urls = [picture["url"] for picture in post["pictures"]]
    files = [request.http.fetch_file(url, kind="image", referer=request.url, file_count=len(urls)) for url in urls]
    return DownloadResult(files=tuple(files), media=MediaInfo(title=post["title"], permalink=request.url))
