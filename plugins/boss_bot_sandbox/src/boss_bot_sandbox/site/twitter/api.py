"""Routes of the API of x.com and api.x.com: guest tokens, GraphQL queries, and their error responses."""

import json
import time
from typing import Any, Final

from aiohttp import web

from boss_bot_sandbox.site.twitter.conversation import build_conversation
from boss_bot_sandbox.site.twitter.graphql import tweet_result_json
from boss_bot_sandbox.site.twitter.model import Tweet
from boss_bot_sandbox.site.twitter.tweets import TWEETS

routes = web.RouteTableDef()

AUTH_TOKEN: Final = "sandbox-auth-token"  # noqa: S105 - opens nothing but this stand-in
"""The only valid value of the cookie ``auth_token``; any other value is answered with 401."""

GUEST_TOKEN: Final = "1800000000000000999"  # noqa: S105 - see above
RATE_LIMIT_S: Final = 900


class GuestTokenSettings:
    """How the stand-in for X answers a request for a guest token.

    Attributes:
        status: The status of the response: 200, or an error such as 429.
    """

    def __init__(self) -> None:
        self.status = 200

    def reset(self) -> None:
        """Issue guest tokens again."""
        self.status = 200


GUEST_TOKENS: Final = web.AppKey("guest_tokens", GuestTokenSettings)


def _error_response(status: int, code: int, message: str) -> web.Response:
    return web.json_response({"errors": [{"code": code, "message": message}]}, status=status)


def _limits(remaining: int) -> dict[str, str]:
    reset = str(int(time.time()) + RATE_LIMIT_S)
    return {"x-rate-limit-limit": "150", "x-rate-limit-remaining": str(remaining), "x-rate-limit-reset": reset}


def x_rate_limit_response() -> web.Response:
    """Return the response of X to a client over its rate limit."""
    return web.Response(status=429, text="Rate limit exceeded\n", headers=_limits(0))


@routes.post("/1.1/guest/activate.json")
async def post_guest_activation(request: web.Request) -> web.Response:
    """Issue the guest token, or answer with the status that is set."""
    status = request.config_dict[GUEST_TOKENS].status
    if status == 429:
        return x_rate_limit_response()
    if status != 200:
        return _error_response(status, 131, "Internal error")
    return web.json_response({"guest_token": GUEST_TOKEN})


def _check_login(request: web.Request) -> bool | web.Response:
    """Return whether the client is logged in, or the error response for invalid credentials."""
    if token := request.cookies.get("auth_token"):
        return token == AUTH_TOKEN or _error_response(401, 32, "Could not authenticate you")
    if request.headers.get("x-guest-token") != GUEST_TOKEN:
        return _error_response(403, 239, "Bad guest token")
    return False


def _find_tweet(request: web.Request, name: str) -> Tweet | None:
    try:
        variables: dict[str, Any] = json.loads(request.query["variables"])
        return TWEETS.get(str(variables[name]))
    except (KeyError, ValueError) as error:
        raise web.HTTPBadRequest(text=f"variables: {error}") from error


@routes.get("/i/api/graphql/{query}/TweetResultByRestId")
async def get_tweet_by_id(request: web.Request) -> web.Response:
    """Answer with one tweet; an unknown id gets an empty object, like a deleted tweet."""
    logged_in = _check_login(request)
    if isinstance(logged_in, web.Response):
        return logged_in
    tweet = _find_tweet(request, "tweetId")
    if tweet and tweet.availability == "rate-limited":
        return x_rate_limit_response()
    result = tweet_result_json(tweet, logged_in=logged_in) if tweet else None
    return web.json_response({"data": {"tweetResult": {"result": result} if result else {}}}, headers=_limits(140))


@routes.get("/i/api/graphql/{query}/TweetDetail")
async def get_tweet_detail(request: web.Request) -> web.Response:
    """Answer with the conversation around a tweet; guests get an empty 404, as on X."""
    logged_in = _check_login(request)
    if isinstance(logged_in, web.Response):
        return logged_in
    if not logged_in:
        raise web.HTTPNotFound(text="")
    tweet = _find_tweet(request, "focalTweetId")
    if tweet and tweet.availability == "rate-limited":
        return x_rate_limit_response()
    if tweet is None or tweet.availability == "deleted":
        return _error_response(200, 144, "_Missing: No status found with that ID.")
    return web.json_response({"data": build_conversation(tweet)}, headers=_limits(140))
