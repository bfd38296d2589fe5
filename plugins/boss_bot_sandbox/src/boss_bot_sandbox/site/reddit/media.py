"""Reddit's media hosts: i.redd.it and the previews, v.redd.it, and the short links of redd.it."""

from typing import Final

from aiohttp import web

from boss_bot_sandbox.site.files.library_files import find_payload
from boss_bot_sandbox.site.files.response import ResponseOptions, send_payload
from boss_bot_sandbox.site.files.stream_routes import send_playlist, send_segment, send_text
from boss_bot_sandbox.site.media.payload import content_type
from boss_bot_sandbox.site.reddit.manifests import dash_manifest, hls_master
from boss_bot_sandbox.site.reddit.model import HostedVideo
from boss_bot_sandbox.site.reddit.posts import POSTS, VIDEOS

picture_routes = web.RouteTableDef()
video_routes = web.RouteTableDef()
short_routes = web.RouteTableDef()

_VIDEO: Final = r"/{id:\w+}"
_SIZES: Final = {"360": "640x360", "180": "320x180"}


async def _file(request: web.Request, name: str) -> web.StreamResponse:
    return await send_payload(
        request, await find_payload(request, name), ResponseOptions(content_type=content_type(name))
    )


@picture_routes.get("/{name}")
async def picture(request: web.Request) -> web.StreamResponse:
    """Send a picture; a reader that asks for HTML is sent to a page, as browsers are."""
    if request.host.startswith("i.") and "text/html" in request.headers.get("Accept", ""):
        page = f"https://www.reddit.com/media?url=https%3A%2F%2Fi.redd.it%2F{request.match_info['name']}"
        return web.Response(status=302, headers={"Location": page})
    return await _file(request, request.match_info["name"])


def _video(request: web.Request) -> HostedVideo:
    video = VIDEOS.get(request.match_info["id"])
    if video is None:
        raise web.HTTPNotFound
    return video


def _needs_sound(video: HostedVideo) -> None:
    # The store behind v.redd.it says 403, not 404, for a file that is not there.
    if not video.sound:
        raise web.HTTPForbidden(text="<Error><Code>AccessDenied</Code></Error>", content_type="application/xml")


@video_routes.get(_VIDEO + "/DASHPlaylist.mpd")
async def manifest(request: web.Request) -> web.StreamResponse:
    """Send the DASH manifest."""
    return await send_text(request, dash_manifest(_video(request)), "DASHPlaylist.mpd")


@video_routes.get(_VIDEO + "/HLSPlaylist.m3u8")
async def master(request: web.Request) -> web.StreamResponse:
    """Send the HLS master playlist."""
    return await send_text(request, hls_master(_video(request)), "HLSPlaylist.m3u8")


@video_routes.get(_VIDEO + r"/{kind:DASH|CMAF}_AUDIO_{rate:64|128}.mp4")
async def audio(request: web.Request) -> web.StreamResponse:
    """Send the separate audio."""
    _needs_sound(_video(request))
    return await _file(request, "audio.m4a")


@video_routes.get(_VIDEO + r"/{kind:DASH|CMAF}_{height:360|180}.mp4")
async def track(request: web.Request) -> web.StreamResponse:
    """Send the video without its sound."""
    _video(request)
    return await _file(request, f"silent-{_SIZES[request.match_info['height']]}.mp4")


@video_routes.get(_VIDEO + r"/{track:HLS_VIDEO|HLS_AUDIO}/{name:playlist\.m3u8|segment-\d+\.ts}")
async def hls(request: web.Request) -> web.StreamResponse:
    """Send the playlist or a segment of one HLS track."""
    video = _video(request)
    package = "hls-video"
    if request.match_info["track"] == "HLS_AUDIO":
        _needs_sound(video)
        package = "hls-audio"
    name = request.match_info["name"]
    if name.endswith(".m3u8"):
        return await send_playlist(request, package, "playlist")
    return await send_segment(request, package, name)


@video_routes.get(_VIDEO + "{slash:/?}")
async def video_page(request: web.Request) -> web.Response:
    """Redirect the bare link to Reddit, which knows the post."""
    return web.Response(status=302, headers={"Location": f"https://www.reddit.com/video/{_video(request).id}"})


@short_routes.get("/{id:[a-z0-9]+}")
async def short(request: web.Request) -> web.Response:
    """Redirect redd.it's short link to its post."""
    post = POSTS.get(request.match_info["id"])
    url = post.url if post else f"https://www.reddit.com/comments/{request.match_info['id']}"
    return web.Response(status=301, headers={"Location": url})
