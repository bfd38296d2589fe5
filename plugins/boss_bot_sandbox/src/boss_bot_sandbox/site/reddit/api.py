"""Routes of Reddit's web and OAuth hosts: posts as JSON, access tokens, share links and error responses."""

import json
from typing import Final
from urllib.parse import unquote

from aiohttp import web

from boss_bot_sandbox.site.files.file_routes import is_failing_attempt
from boss_bot_sandbox.site.reddit.model import ErrorResponse, Post
from boss_bot_sandbox.site.reddit.post_json import escape_json, listing_json
from boss_bot_sandbox.site.reddit.posts import NOT_FOUND, POSTS, SHARES

routes = web.RouteTableDef()

BEARER: Final = "sandbox-bearer"
_POST: Final = r"/{community:(?:(?:r|u|user)/[^/]+/)?}comments/{id:[a-z0-9]+}"


def _send_error(refusal: ErrorResponse) -> web.Response:
    if isinstance(refusal.body, str):
        return web.Response(status=refusal.status, text=refusal.body, content_type="text/html", headers=refusal.headers)
    return web.json_response(refusal.body, status=refusal.status, headers=refusal.headers)


def _has_opted_in(request: web.Request) -> bool:
    try:
        options = json.loads(unquote(request.cookies.get("_options", "{}")))
    except ValueError:
        return False
    return request.headers.get("Authorization") == f"Bearer {BEARER}" and bool(options.get("pref_quarantine_optin"))


def _find_error(request: web.Request, post: Post) -> ErrorResponse | None:
    refusal = post.error
    if refusal is None or (refusal.opt_in and _has_opted_in(request)):
        return None
    return refusal if refusal.times is None or is_failing_attempt(request, refusal.times) else None


@routes.get(_POST + r"{rest:(?:/[^/]+)?/?}.json")
async def get_comments(request: web.Request) -> web.Response:
    """Answer with the two listings of a post, or with the error that is set for it."""
    if request.host.startswith("oauth.") and request.headers.get("Authorization") != f"Bearer {BEARER}":
        return web.json_response({"message": "Unauthorized", "error": 401}, status=401)
    post = POSTS.get(request.match_info["id"])
    if post is None:
        return _send_error(NOT_FOUND)
    if refusal := _find_error(request, post):
        return _send_error(refusal)
    answer = listing_json(post)
    return web.json_response(answer if request.query.get("raw_json") == "1" else escape_json(answer))


@routes.post("/api/v1/access_token")
async def post_access_token(_: web.Request) -> web.Response:
    """Issue the only token that ``oauth.reddit.com`` accepts."""
    answer = {"access_token": BEARER, "token_type": "bearer", "expires_in": 86400, "scope": "*", "device_id": "x"}
    return web.json_response(answer)


def _redirect(url: str) -> web.Response:
    return web.Response(status=301, headers={"Location": url})


@routes.get(r"/{kind:r|u|user}/{community}/s/{share:\w{10}}")
async def redirect_share(request: web.Request) -> web.Response:
    """Redirect a share link to its post."""
    post = POSTS.get(SHARES.get(request.match_info["share"], ""))
    return _redirect(f"{post.url}?share_id=sandbox&utm_name=iossmf") if post else _send_error(NOT_FOUND)


@routes.get("/{kind:gallery|video}/{id}")
async def redirect_short_path(request: web.Request) -> web.Response:
    """Redirect the short paths of galleries (post id) and videos (video name) to the post."""
    wanted = request.match_info["id"]
    post = POSTS.get(wanted) or next((p for p in POSTS.values() if getattr(p.content, "id", None) == wanted), None)
    return _redirect(post.url) if post else _send_error(NOT_FOUND)


@routes.get("/media")
@routes.get(_POST + r"{rest:(?:/[^/]+)?/?}")
@routes.get("/svc/shreddit/{rest:.*}")
@routes.get("/")
async def get_page(_: web.Request) -> web.Response:
    """Send a page without content, with the cookie that identifies an anonymous reader."""
    response = web.Response(text="<!doctype html><title>Reddit</title>", content_type="text/html")
    response.set_cookie("loid", "sandboxloid", domain="reddit.com", secure=True)
    return response
