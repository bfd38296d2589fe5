"""Hook implementations only: the bot imports this module, and must never import an engine."""

from boss_bot_core.plugin import DownloadRequest, DownloadResult, HealthRequest, Link, Platform, UrlMatch, hookimpl


@hookimpl
def bossbot_platform() -> Platform:
    """Describe X/Twitter."""
    return Platform(
        name="twitter",
        title="X/Twitter",
        description="Download from Twitter",
        alias="dlt",
        examples=("https://x.com/user/status/1234567890", "https://fxtwitter.com/user/status/1234567890"),
        notes=(
            "Photos in their original quality, videos, GIFs, and the media of a quoted post.",
            "With the option `thread` (of /dl) the author's other posts of the thread come too.",
            "Protected and age-restricted posts need the operator's cookies.",
            "Supported formats: Images, Videos",
        ),
    )


@hookimpl
def bossbot_check_health(request: HealthRequest) -> tuple[str, ...]:
    """Tell what is missing without cookies."""
    if request.has_cookies:
        return ()
    return ("There are no cookies: X refuses age-restricted and protected posts, and the later posts of a thread.",)


@hookimpl
def bossbot_match_url(link: Link) -> UrlMatch | None:
    """Claim links to posts."""
    from boss_bot_twitter._match import match_link

    return match_link(link)


@hookimpl
def bossbot_warm_up() -> None:
    """Import the engine and X's extractor."""
    from boss_bot_twitter._download import warm_up

    warm_up()


@hookimpl
def bossbot_download(request: DownloadRequest) -> DownloadResult:
    """Fetch a post's photos, videos and GIFs."""
    from boss_bot_twitter._download import download

    return download(request)
