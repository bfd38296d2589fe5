"""Which posts belong to a download: the one asked for with what it quotes, and its author's thread when wanted."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

Tweet = dict[str, Any]

_LONGEST: Final = 25


def own_thread(tweets: Iterable[Tweet], asked: str) -> list[Tweet]:
    """Return the posts of a conversation that are its author's, and what those quote.

    Args:
        tweets: The conversation, as X's API words it.
        asked: Id of the post that the link leads to; its author counts.
    """
    conversation = list(tweets)
    author = next((_author(tweet) for tweet in conversation if tweet.get("rest_id") == asked), None)
    own = {tweet.get("rest_id") for tweet in conversation if author and _author(tweet) == author}
    return [tweet for tweet in conversation if {tweet.get("rest_id"), tweet["legacy"].get("quoted_by_id_str")} & own]


def earlier_posts(extractor: Any, tweet: Tweet) -> list[Tweet]:  # noqa: ANN401 - gallery-dl ships no types
    """Return the posts of the same author that a post continues, oldest first: all that X shows without a login.

    Args:
        extractor: gallery-dl's extractor, for its API.
        tweet: The post.
    """
    return list(_upwards(extractor, tweet))[::-1]


def _upwards(extractor: Any, tweet: Tweet) -> Iterator[Tweet]:  # noqa: ANN401 - likewise
    for _ in range(_LONGEST):
        legacy = tweet["legacy"]
        parent = legacy.get("in_reply_to_status_id_str")
        if not parent or legacy.get("in_reply_to_user_id_str") != legacy.get("user_id_str"):
            return
        try:
            tweet = extractor.api.tweet_result_by_rest_id(parent)
        except extractor.exc.ExtractionError as exc:
            if "Rate limit" in str(exc):
                raise
            return
        if "legacy" not in tweet:
            return
        yield tweet


def _author(tweet: Tweet) -> str | None:
    author = tweet["legacy"].get("user_id_str")
    return str(author) if author else None
