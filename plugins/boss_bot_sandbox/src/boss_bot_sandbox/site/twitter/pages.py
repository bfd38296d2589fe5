"""What X serves besides its API: pictures, videos, embeds, the home page and short links."""

from aiohttp import web

from boss_bot_sandbox.site.files.library_files import find_payload
from boss_bot_sandbox.site.files.response import ResponseOptions, send_payload
from boss_bot_sandbox.site.files.stream_routes import send_playlist, send_segment
from boss_bot_sandbox.site.media.payload import content_type
from boss_bot_sandbox.site.twitter.home import home_page, script, script_path
from boss_bot_sandbox.site.twitter.syndication import build_embed
from boss_bot_sandbox.site.twitter.tweets import TWEETS

web_routes = web.RouteTableDef()
picture_routes = web.RouteTableDef()
video_routes = web.RouteTableDef()
script_routes = web.RouteTableDef()
embed_routes = web.RouteTableDef()
short_routes = web.RouteTableDef()


async def _file(request: web.Request, name: str) -> web.StreamResponse:
    return await send_payload(
        request, await find_payload(request, name), ResponseOptions(content_type=content_type(name))
    )


@web_routes.get("/home")
async def home(_: web.Request) -> web.Response:
    """Show the page that logged-in clients derive their transaction ids from."""
    return web.Response(text=home_page(), content_type="text/html")


@web_routes.get(r"/{user}/status/{id:\d+}{rest:.*}")
async def status_page(_: web.Request) -> web.Response:
    """Show the empty page that a browser's script would fill."""
    return web.Response(text="<!doctype html><title>X</title>JavaScript is not available.", content_type="text/html")


@picture_routes.get(r"/media/{stem:[\w-]+}{suffix:(?:\.\w+)?}")
async def picture(request: web.Request) -> web.StreamResponse:
    """Send a picture, named by suffix or by ``?format=``."""
    suffix = request.match_info["suffix"].lstrip(".") or request.query.get("format", "jpg")
    return await _file(request, f"{request.match_info['stem']}.{suffix}")


@picture_routes.get(r"/{folder:(?:ext_tw_video_thumb/\d+/pu/img|tweet_video_thumb)}/{name}")
async def still(request: web.Request) -> web.StreamResponse:
    """Send the still of a video."""
    return await _file(request, request.match_info["name"])


@video_routes.get(r"/ext_tw_video/{id:\d+}/pu/vid/avc1/{size:\d+x\d+}/clip.mp4")
async def video(request: web.Request) -> web.StreamResponse:
    """Send one mp4 variant."""
    return await _file(request, f"clip-{request.match_info['size']}.mp4")


@video_routes.get(r"/tweet_video/{id:\d+}.mp4")
async def loop(request: web.Request) -> web.StreamResponse:
    """Send a "GIF"."""
    return await _file(request, "silent.mp4")


@video_routes.get(r"/ext_tw_video/{id:\d+}/pu/pl/{playlist:master|playlist}.m3u8")
async def playlist(request: web.Request) -> web.StreamResponse:
    """Send the HLS master, or the one playlist it names."""
    return await send_playlist(request, "hls-clear", request.match_info["playlist"])


@video_routes.get(r"/ext_tw_video/{id:\d+}/pu/pl/{segment:segment-\d+\.ts}")
async def segment(request: web.Request) -> web.StreamResponse:
    """Send one HLS segment."""
    return await send_segment(request, "hls-clear", request.match_info["segment"])


@script_routes.get(script_path())
async def ondemand(_: web.Request) -> web.Response:
    """Send the script the home page names."""
    return web.Response(text=script(), content_type="application/javascript")


@embed_routes.get("/tweet-result")
async def embedded(request: web.Request) -> web.Response:
    """Answer with a tweet's embed."""
    tweet = TWEETS.get(request.query.get("id", ""))
    data = build_embed(tweet) if tweet else None
    if data is None:
        raise web.HTTPNotFound(text="")
    return web.json_response(data)


@short_routes.get(r"/{id:\d+}")
async def short(request: web.Request) -> web.Response:
    """Redirect t.co's short link to its tweet."""
    tweet = TWEETS.get(request.match_info["id"])
    if tweet is None:
        raise web.HTTPNotFound
    return web.Response(status=301, headers={"Location": tweet.link or tweet.url})


async def to_x(request: web.Request) -> web.Response:
    """Redirect the same path to x.com: twitter.com and the embed fixers do no more."""
    return web.Response(status=302, headers={"Location": f"https://x.com{request.path_qs}"})
