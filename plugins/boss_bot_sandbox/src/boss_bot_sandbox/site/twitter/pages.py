"""X's web pages: the home page with its script, the status page, short links and redirects to x.com.

A logged-in client computes ``x-client-transaction-id`` from the home page and the script. The stand-in does not check
these ids; the pages only contain everything that a real engine looks for.
"""

import base64
from typing import Final

from aiohttp import web

from boss_bot_sandbox.site.twitter.tweets import TWEETS

web_routes = web.RouteTableDef()
script_routes = web.RouteTableDef()
short_routes = web.RouteTableDef()

_KEY: Final = base64.b64encode(bytes(range(48))).decode()
_SCRIPT_HASH: Final = "5b0c6a7"
_ROW: Final = "10 20,30 40,50 60 h 70 s 80 90,100 110"
_FRAME: Final = "C".join(["M 10,30 ", *[_ROW] * 16])
_SCRIPT: Final = "e=>{parseInt(a[7], 16);parseInt(b(c[12], 16),d(e[3], 16),f(g[40], 16),h(i[21], 16))}"
"""The text of the script: it names the bytes of the key that the client uses."""


def _home_page() -> str:
    frames = "".join(
        f'<svg id="loading-x-anim-{number}"><g><path d="M0 0"></path><path d="{_FRAME}"></path></g></svg>'
        for number in range(4)
    )
    chunks = '{1:"vendor",20113:"ondemand.s"}[e]+"."+{1:"0a1b2c3",20113:"' + _SCRIPT_HASH + '"}'
    meta = f'<meta name="twitter-site-verification" content="{_KEY}"/>'
    return f"<!doctype html><html><head>{meta}<script>e=>{chunks}</script></head><body>{frames}</body></html>"


@web_routes.get("/home")
async def send_home_page(_: web.Request) -> web.Response:
    """Send the page that logged-in clients compute their transaction ids from."""
    return web.Response(text=_home_page(), content_type="text/html")


@web_routes.get(r"/{user}/status/{id:\d+}{rest:.*}")
async def send_status_page(_: web.Request) -> web.Response:
    """Send the page of a tweet without content, which a browser's script would fill."""
    return web.Response(text="<!doctype html><title>X</title>JavaScript is not available.", content_type="text/html")


@script_routes.get(f"/responsive-web/client-web/ondemand.s.{_SCRIPT_HASH}a.js")
async def send_script(_: web.Request) -> web.Response:
    """Send the script that the home page names."""
    return web.Response(text=_SCRIPT, content_type="application/javascript")


@short_routes.get(r"/{id:\d+}")
async def redirect_tco_link(request: web.Request) -> web.Response:
    """Redirect a short link of t.co to the link or the tweet behind it."""
    tweet = TWEETS.get(request.match_info["id"])
    if tweet is None:
        raise web.HTTPNotFound
    return web.Response(status=301, headers={"Location": tweet.link or tweet.url})


async def redirect_to_x(request: web.Request) -> web.Response:
    """Redirect to the same path on x.com, as twitter.com and the embed fixers do."""
    return web.Response(status=302, headers={"Location": f"https://x.com{request.path_qs}"})
