"""Selects the posts of a thread: the author's own posts of a conversation, with the posts that they quote."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

Tweet = dict[str, Any]

_MAX_POSTS: Final = 25


def filter_own_thread(tweets: Iterable[Tweet], post_id: str) -> list[Tweet]:
    """Return the posts of a conversation that its author wrote or quoted.

    Args:
        tweets: The conversation, in the form of X's API.
        post_id: Id of the post that the link leads to; the author of this post is the author of the thread.
    """
    conversation = list(tweets)
    author = next((_get_author(tweet) for tweet in conversation if tweet.get("rest_id") == post_id), None)
    own = {tweet.get("rest_id") for tweet in conversation if author and _get_author(tweet) == author}
    return [tweet for tweet in conversation if {tweet.get("rest_id"), tweet["legacy"].get("quoted_by_id_str")} & own]


def fetch_earlier_posts(extractor: Any, tweet: Tweet) -> list[Tweet]:  # noqa: ANN401 - gallery-dl ships no types
    """Return the earlier posts of the same author that a post continues, oldest first.

    X shows no more of a thread without a login.

    Args:
        extractor: gallery-dl's extractor, for its API.
        tweet: The post.
    """
    return list(_fetch_parents(extractor, tweet))[::-1]


def _fetch_parents(extractor: Any, tweet: Tweet) -> Iterator[Tweet]:  # noqa: ANN401 - gallery-dl ships no types
    for _ in range(_MAX_POSTS):
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


def _get_author(tweet: Tweet) -> str | None:
    author = tweet["legacy"].get("user_id_str")
    return str(author) if author else None
