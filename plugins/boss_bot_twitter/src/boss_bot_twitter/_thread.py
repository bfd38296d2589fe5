"""Selects the posts of a thread: the author's own posts of a conversation, with the posts that they quote."""

from collections.abc import Iterable
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


def fetch_earlier_posts(extractor: Any, tweet: Tweet) -> tuple[list[Tweet], str | None]:  # noqa: ANN401 - gallery-dl ships no types
    """Return the earlier posts of the same author that a post continues, oldest first, and why the first are missing.

    X shows no more of a thread without a login.

    Args:
        extractor: gallery-dl's extractor, for its API.
        tweet: The post.
    """
    found: list[Tweet] = []
    while parent := _get_own_parent(tweet):
        if len(found) == _MAX_POSTS:
            return found[::-1], f"Only {_MAX_POSTS} earlier posts are fetched."
        try:
            tweet = extractor.api.tweet_result_by_rest_id(parent)
        except extractor.exc.ExtractionError as exc:
            if "Rate limit" in str(exc):
                raise
            tweet = {}
        if "legacy" not in tweet:
            return found[::-1], "X does not show the post before."
        found.append(tweet)
    return found[::-1], None


def _get_own_parent(tweet: Tweet) -> str | None:
    """Return the id of the post that a post continues, or None if it answers nobody or another author."""
    legacy = tweet["legacy"]
    is_own = legacy.get("in_reply_to_user_id_str") == legacy.get("user_id_str")
    return legacy.get("in_reply_to_status_id_str") or None if is_own else None


def _get_author(tweet: Tweet) -> str | None:
    author = tweet["legacy"].get("user_id_str")
    return str(author) if author else None
