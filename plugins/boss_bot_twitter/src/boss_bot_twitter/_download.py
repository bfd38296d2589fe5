"""The download of a post on X, with X's site profile for the gallery-dl engine."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from boss_bot_core.plugin import DownloadFailedError, DownloadRequest, DownloadResult, MediaInfo, SkippedFile
from boss_bot_gallerydl import engine
from boss_bot_gallerydl.engine import Metadata, Options, SiteProfile, TrafficRecord
from boss_bot_twitter import _errors, _thread
from boss_bot_twitter._media import keep_part, list_unavailable_media
from boss_bot_twitter._retweets import follow_retweets
from boss_bot_twitter._variants import VideoVariants

Tweets = Iterable[Metadata]
"""Posts in the form of X's API."""


def warm_up() -> None:
    """Import the engine and open one idle session of X's extractor."""
    engine.warm_up("https://x.com/i/status/1")


def download(request: DownloadRequest) -> DownloadResult:
    """Fetch a post's media; raises what `boss_bot_gallerydl.engine.fetch` raises."""
    with _errors.pass_on_rate_limit():
        return engine.fetch(TwitterProfile(request))


class TwitterProfile(SiteProfile):
    """The profile for one post.

    Attributes:
        is_logged_in: Whether the operator's cookies contain a login.
    """

    categories = frozenset({"twitter"})
    has_smaller_fallbacks = True

    def __init__(self, request: DownloadRequest) -> None:
        super().__init__(request)
        self._post_id, _, part = request.url.partition("/status/")[2].partition("/photo/")
        self._part = int(part) if part and not request.options.whole_thread else None
        self._variants = VideoVariants(request.options)
        cookies = request.cookies_file.read_text(encoding="utf-8") if request.cookies_file else ""
        self.is_logged_in = "\tauth_token\t" in cookies

    def build_options(self) -> Options:
        """Include quoted media, and posts without media, whose text the metadata needs."""
        options: dict[str, object] = {"quoted": True, "ratelimit": "abort", "retweets": "original", "text-tweets": True}
        if self.request.options.whole_thread and self.is_logged_in:
            options["conversations"] = True
        return {("extractor", "twitter", name): value for name, value in options.items()}

    def prepare_extractor(self, extractor: Any) -> None:  # noqa: ANN401 - gallery-dl ships no types
        """Filter the posts of X's API before gallery-dl reads them."""
        read_tweets: Callable[[], Tweets] = extractor.tweets
        extractor.tweets = lambda: self._select_variants(read_tweets(), extractor)
        follow_retweets(extractor.api, self._replace_post_id)

    def _replace_post_id(self, retweet_id: str, post_id: str) -> None:
        if retweet_id == self._post_id:
            self._post_id = post_id

    def _select_variants(self, tweets: Tweets, extractor: Any) -> Iterator[Metadata]:  # noqa: ANN401 - gallery-dl ships no types
        for tweet in self._select_tweets(tweets, extractor):
            if self._part is not None:
                if tweet.get("rest_id") != self._post_id:
                    continue
                keep_part(tweet, self._part)
            self._variants.select_variant(tweet)
            self.missing += list_unavailable_media(tweet)
            yield tweet

    def _select_tweets(self, tweets: Tweets, extractor: Any) -> Tweets:  # noqa: ANN401 - gallery-dl ships no types
        if not self.request.options.whole_thread:
            return tweets
        if self.is_logged_in:
            return _thread.filter_own_thread(tweets, self._post_id)
        self.missing.append(SkippedFile(name="Later posts of the thread", reason="X shows them only after a login."))
        found = list(tweets)
        if not found:
            return found
        earlier, reason = _thread.fetch_earlier_posts(extractor, found[0])
        if reason:
            self.missing.insert(0, SkippedFile(name="Earlier posts of the thread", reason=reason))
        return [*earlier, *found]

    def is_requested_post(self, post: Metadata) -> bool:
        """Return whether it is the link's own post, not another post of its thread or a quoted one."""
        return str(post.get("tweet_id")) == self._post_id

    def on_file(self, url: str, file: Metadata) -> None:
        """Add a video's smaller variants as fallbacks."""
        if smaller := self._variants.get_smaller_urls(url):
            file["_fallback"] = smaller

    def describe_post(self, post: Metadata) -> MediaInfo:
        """Return a post's metadata in the shape that all platforms share."""
        author = post.get("author") or {}
        date = post.get("date")
        return MediaInfo(
            media_id=str(post["tweet_id"]),
            text=post.get("content") or None,
            author=author.get("nick") or author.get("name"),
            permalink=f"https://x.com/{author.get('name') or 'i'}/status/{post['tweet_id']}",
            created_at=date.replace(tzinfo=UTC) if isinstance(date, datetime) and bool(date) else None,
            adult=bool(post.get("sensitive") or post.get("sensitive_flags")),
        )

    def get_alt_text(self, file: Metadata) -> str | None:
        """Return the author's description of a picture."""
        return str(file.get("description") or "") or None

    def explain_failure(self, failure: Exception | None, traffic: TrafficRecord) -> DownloadFailedError | None:
        """Return the error for X's own refusal of a post."""
        return _errors.find_x_error(traffic) if failure else None
