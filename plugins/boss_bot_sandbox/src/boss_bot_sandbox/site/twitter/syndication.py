"""Tweets as the embed endpoint ``cdn.syndication.twimg.com`` words them: the way round a rate limit."""

from typing import Any

from boss_bot_sandbox.site.twitter.graphql import created_at
from boss_bot_sandbox.site.twitter.media import media_entity
from boss_bot_sandbox.site.twitter.model import Tweet
from boss_bot_sandbox.site.twitter.tweets import TWEETS

SHOWN = frozenset({"here", "rate-limited"})


def build_embed(tweet: Tweet) -> dict[str, Any] | None:
    """Return the embed's JSON; a tombstone for what is withheld, ``None`` for what is gone."""
    if tweet.availability == "deleted":
        return None
    if tweet.availability not in SHOWN:
        return {"__typename": "TweetTombstone", "tombstone": {"text": {"text": "This Post is unavailable."}}}
    author = tweet.author
    data = {
        "__typename": "Tweet",
        "id_str": tweet.id,
        "lang": "en",
        "text": tweet.text,
        "created_at": created_at(tweet),
        "favorite_count": 12,
        "possibly_sensitive": tweet.sensitive,
        "entities": {"hashtags": [], "urls": [], "user_mentions": [], "symbols": []},
        "user": {"id_str": author.id, "name": author.name, "screen_name": author.screen_name, "verified": False},
        "mediaDetails": [media_entity(tweet, number) for number in range(len(tweet.media))],
    }
    if tweet.quotes and (quoted := build_embed(TWEETS[tweet.quotes])):
        data["quoted_tweet"] = quoted
    return data
