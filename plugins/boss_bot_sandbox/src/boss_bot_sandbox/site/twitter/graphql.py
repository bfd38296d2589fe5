"""Tweets as JSON of X's GraphQL API, with exactly the fields that the download engines read."""

import time
from typing import Any

from boss_bot_sandbox.site.twitter.media_entities import media_entity_json
from boss_bot_sandbox.site.twitter.model import Author, Tweet
from boss_bot_sandbox.site.twitter.tweets import TWEETS

_SNOWFLAKE_EPOCH_MS = 1_288_834_974_657
_LEARN_MORE = ". Learn more"


def format_created_at(tweet: Tweet) -> str:
    """Return the creation time that is encoded in a tweet's id, in X's format."""
    seconds = ((int(tweet.id) >> 22) + _SNOWFLAKE_EPOCH_MS) / 1000
    return time.strftime("%a %b %d %H:%M:%S +0000 %Y", time.gmtime(seconds))


def user_result_json(author: Author) -> dict[str, Any]:
    """Return a user, with each field at its old and its new place, as X sends it."""
    names = {"name": author.name, "screen_name": author.screen_name, "created_at": "Mon Jan 01 00:00:00 +0000 2024"}
    counts = dict.fromkeys(("followers_count", "friends_count", "media_count", "statuses_count"), 3)
    about = {"id_str": author.id, "description": "Lives in a sandbox", "entities": {"description": {}}}
    return {
        "__typename": "User",
        "rest_id": author.id,
        "core": names,
        "legacy": names | counts | about,
        "avatar": {"image_url": "https://pbs.twimg.com/profile_images/photo-90_normal.jpg"},
        "location": {"location": "127.0.0.1"},
        "privacy": {"protected": author.protected},
        "verification": {"verified": False},
    }


def legacy_json(tweet: Tweet) -> dict[str, Any]:
    """Return the ``legacy`` object, which holds most of a tweet's fields."""
    links = [{"url": f"https://t.co/{tweet.id}", "expanded_url": tweet.link}] if tweet.link else []
    text = f"{tweet.text} https://t.co/{tweet.id}" if tweet.media or tweet.link else tweet.text
    data: dict[str, Any] = {
        "id_str": tweet.id,
        "user_id_str": tweet.author.id,
        "conversation_id_str": tweet.conversation or tweet.id,
        "created_at": format_created_at(tweet),
        "full_text": text,
        "lang": "en",
        "entities": {"hashtags": [], "urls": links, "user_mentions": [], "symbols": []},
        "possibly_sensitive": tweet.sensitive,
        "favorite_count": 12,
        "retweet_count": 3,
        "reply_count": 1,
        "quote_count": 0,
        "bookmark_count": 0,
    }
    if tweet.media:
        media = [media_entity_json(tweet, number) for number in range(len(tweet.media))]
        data["extended_entities"] = {"media": media}
        data["entities"]["media"] = media
    if tweet.reply_to:
        answered = TWEETS[tweet.reply_to]
        data["in_reply_to_status_id_str"] = answered.id
        data["in_reply_to_user_id_str"] = answered.author.id
        data["in_reply_to_screen_name"] = answered.author.screen_name
    if tweet.quotes:
        data |= {"quoted_status_id_str": tweet.quotes, "is_quote_status": True}
    return data


def tweet_result_json(tweet: Tweet, *, logged_in: bool) -> dict[str, Any] | None:
    """Return the ``result`` object, or ``None`` for a deleted tweet, about which X sends nothing."""
    match tweet.availability:
        case "deleted":
            return None
        case "suspended":
            return {"__typename": "TweetUnavailable", "reason": "Suspended"}
        case "tombstone":
            text = f"This Post is from an account that no longer exists{_LEARN_MORE}"
            return {
                "__typename": "TweetTombstone",
                "tombstone": {"__typename": "TextTombstone", "text": {"text": text}},
            }
        case "protected" | "adult" if not logged_in:
            reason = "Protected" if tweet.availability == "protected" else "NsfwLoggedOut"
            return {"__typename": "TweetUnavailable", "reason": reason}
    legacy = legacy_json(tweet)
    if tweet.retweets:
        # X repeats the media of a retweet nowhere else.
        repeated = tweet_result_json(TWEETS[tweet.retweets], logged_in=logged_in)
        legacy["retweeted_status_result"] = {"result": repeated}
    result = {
        "__typename": "Tweet",
        "rest_id": tweet.id,
        "core": {"user_results": {"result": user_result_json(tweet.author)}},
        "legacy": legacy,
        "source": '<a href="https://x.com" rel="nofollow">Sandbox</a>',
        "views": {"count": "123", "state": "EnabledWithCount"},
    }
    if tweet.quotes:
        result["quoted_status_result"] = {"result": tweet_result_json(TWEETS[tweet.quotes], logged_in=logged_in)}
    return result
