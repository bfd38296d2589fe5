"""X's embed endpoint ``cdn.syndication.twimg.com``, which engines use when the API limits their rate."""

from typing import Any, Final

from aiohttp import web

from boss_bot_sandbox.site.twitter.graphql import format_created_at
from boss_bot_sandbox.site.twitter.media_entities import media_entity_json
from boss_bot_sandbox.site.twitter.model import Tweet
from boss_bot_sandbox.site.twitter.tweets import TWEETS

routes = web.RouteTableDef()

_EMBEDDABLE: Final = frozenset({"here", "rate-limited"})


def build_embed(tweet: Tweet) -> dict[str, Any] | None:
    """Return the JSON of an embed: a tombstone for a withheld tweet, ``None`` for a deleted one."""
    if tweet.availability == "deleted":
        return None
    if tweet.availability not in _EMBEDDABLE:
        return {"__typename": "TweetTombstone", "tombstone": {"text": {"text": "This Post is unavailable."}}}
    author = tweet.author
    data = {
        "__typename": "Tweet",
        "id_str": tweet.id,
        "lang": "en",
        "text": tweet.text,
        "created_at": format_created_at(tweet),
        "favorite_count": 12,
        "possibly_sensitive": tweet.sensitive,
        "entities": {"hashtags": [], "urls": [], "user_mentions": [], "symbols": []},
        "user": {"id_str": author.id, "name": author.name, "screen_name": author.screen_name, "verified": False},
        "mediaDetails": [media_entity_json(tweet, number) for number in range(len(tweet.media))],
    }
    if tweet.quotes and (quoted := build_embed(TWEETS[tweet.quotes])):
        data["quoted_tweet"] = quoted
    return data


@routes.get("/tweet-result")
async def send_embed(request: web.Request) -> web.Response:
    """Answer with the embed of the tweet ``?id=``."""
    tweet = TWEETS.get(request.query.get("id", ""))
    data = build_embed(tweet) if tweet else None
    if data is None:
        raise web.HTTPNotFound(text="")
    return web.json_response(data)
