"""Retweets: the address of a retweet leads to a post without media, and the post that it repeats has them."""

from collections.abc import Callable, Iterator
from typing import Any

from boss_bot_twitter._errors import find_refusal

Tweet = dict[str, Any]


def follow_retweets(api: Any, on_retweet: Callable[[str, str], None]) -> None:  # noqa: ANN401 - gallery-dl ships no types
    """Make gallery-dl's client of X's API return the repeated post in place of a retweet.

    gallery-dl does so itself in conversations (its option `retweets` is "original"), but not for a single post.

    Args:
        api: The client; two of its methods are replaced.
        on_retweet: Called with the id of a retweet and the id of the repeated post.
    """
    read_post, read_conversation = api.tweet_result_by_rest_id, api.tweet_detail

    def read_original(post_id: str) -> Tweet:
        tweet: Tweet = read_post(post_id)
        repeated: Tweet = ((tweet.get("legacy") or {}).get("retweeted_status_result") or {}).get("result") or {}
        if not repeated:
            return tweet
        if refusal := find_refusal(repeated):
            raise refusal
        original: Tweet = repeated.get("tweet") or repeated
        on_retweet(post_id, original["rest_id"])
        return original

    def read_originals(post_id: str, *args: Any, **kwargs: Any) -> Iterator[Tweet]:  # noqa: ANN401 - see above
        for tweet in read_conversation(post_id, *args, **kwargs):
            if retweet_id := tweet.get("_retweet_id_str"):
                on_retweet(retweet_id, tweet["rest_id"])
            yield tweet

    api.tweet_result_by_rest_id, api.tweet_detail = read_original, read_originals
