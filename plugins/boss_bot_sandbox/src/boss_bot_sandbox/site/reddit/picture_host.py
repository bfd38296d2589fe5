"""Reddit's picture hosts ``i.redd.it`` and the previews, and the short links of ``redd.it``."""

from aiohttp import web

from boss_bot_sandbox.site.files.library_files import send_file
from boss_bot_sandbox.site.reddit.posts import POSTS

routes = web.RouteTableDef()
short_routes = web.RouteTableDef()


@routes.get("/{name}")
async def send_reddit_picture(request: web.Request) -> web.StreamResponse:
    """Send a picture; i.redd.it redirects a client that accepts HTML, such as a browser, to a page."""
    name = request.match_info["name"]
    if request.host.startswith("i.") and "text/html" in request.headers.get("Accept", ""):
        page = f"https://www.reddit.com/media?url=https%3A%2F%2Fi.redd.it%2F{name}"
        return web.Response(status=302, headers={"Location": page})
    return await send_file(request, name)


@short_routes.get("/{id:[a-z0-9]+}")
async def redirect_reddit_link(request: web.Request) -> web.Response:
    """Redirect a short link of redd.it to its post; an unknown id to the comments page of that id."""
    post = POSTS.get(request.match_info["id"])
    url = post.url if post else f"https://www.reddit.com/comments/{request.match_info['id']}"
    return web.Response(status=301, headers={"Location": url})
