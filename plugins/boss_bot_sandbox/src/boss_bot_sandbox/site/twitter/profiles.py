"""Routes of the API of x.com for profiles: everybody sees who somebody is, but guests see no posts."""

import json

from aiohttp import web

from boss_bot_sandbox.site.twitter.graphql import user_result_json
from boss_bot_sandbox.site.twitter.tweets import TWEETS

routes = web.RouteTableDef()


@routes.get("/i/api/graphql/{query}/UserByScreenName")
async def get_user(request: web.Request) -> web.Response:
    """Answer with a user; an unknown name gets an empty object."""
    name = json.loads(request.query["variables"])["screen_name"]
    author = next((tweet.author for tweet in TWEETS.values() if tweet.author.screen_name == name), None)
    return web.json_response({"data": {"user": {"result": user_result_json(author)} if author else {}}})


@routes.get("/i/api/graphql/{query}/{timeline:UserTweets|UserMedia|UserTweetsAndReplies}")
async def get_timeline(_: web.Request) -> web.Response:
    """Answer with a user without posts, which is what X shows to guests."""
    return web.json_response({"data": {"user": {"result": {"__typename": "User"}}}})
