"""How the engine fetches a post of X."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from boss_bot_core.plugin import DownloadFailedError, DownloadRequest, MediaInfo
from boss_bot_gallerydl.engine import Evidence, Metadata, Options, Recipe
from boss_bot_twitter import _refusals, _thread
from boss_bot_twitter._metadata import describe
from boss_bot_twitter._variants import Variants

Tweets = Iterable[Metadata]
"""Posts as X's API words them."""


class PostRecipe(Recipe):
    """The recipe for one post.

    Attributes:
        logged_in: Whether the operator's cookies hold a login.
    """

    categories = frozenset({"twitter"})
    fallbacks_are_smaller = True

    def __init__(self, request: DownloadRequest) -> None:
        super().__init__(request)
        self._asked = request.url.rpartition("/")[2]
        self._variants = Variants(request.options)
        cookies = request.cookies_file.read_text(encoding="utf-8") if request.cookies_file else ""
        self.logged_in = "\tauth_token\t" in cookies

    def options(self) -> Options:
        """Ask for quoted media too, and for posts without media, whose words name them."""
        options: dict[str, object] = {"quoted": True, "ratelimit": "abort", "retweets": True, "text-tweets": True}
        if self.request.options.whole_thread and self.logged_in:
            options["conversations"] = True
        return {("extractor", "twitter", name): value for name, value in options.items()}

    def prepare(self, extractor: Any) -> None:  # noqa: ANN401 - gallery-dl ships no types
        """Stand between X's API and gallery-dl's reading of it."""
        tweets: Callable[[], Tweets] = extractor.tweets
        extractor.tweets = lambda: self._chosen(tweets(), extractor)

    def _chosen(self, tweets: Tweets, extractor: Any) -> Iterator[Metadata]:  # noqa: ANN401 - likewise
        for tweet in self._wanted(tweets, extractor):
            self._variants.choose(tweet)
            yield tweet

    def _wanted(self, tweets: Tweets, extractor: Any) -> Tweets:  # noqa: ANN401 - likewise
        if not self.request.options.whole_thread:
            return tweets
        if self.logged_in:
            return _thread.own_thread(tweets, self._asked)
        found = list(tweets)
        return [*_thread.earlier_posts(extractor, found[0]), *found] if found else found

    def is_asked_for(self, post: Metadata) -> bool:
        """Tell whether it is the link's own post, not another of its thread or a quoted one."""
        return str(post.get("tweet_id")) == self._asked

    def on_file(self, url: str, file: Metadata) -> None:
        """Name a video's smaller variants."""
        if smaller := self._variants.smaller(url):
            file["_fallback"] = smaller

    def describe(self, post: Metadata) -> MediaInfo:
        """Return what the post is."""
        return describe(post)

    def alt_text(self, file: Metadata) -> str | None:
        """Return the author's description of a picture."""
        return str(file.get("description") or "") or None

    def explain(self, failure: Exception | None, evidence: Evidence) -> DownloadFailedError | None:
        """Read X's own words when it refused a post."""
        return _refusals.explain(evidence) if failure else None
