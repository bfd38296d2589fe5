"""X's media hosts: the pictures of ``pbs.twimg.com`` and the videos of ``video.twimg.com``."""

from aiohttp import web

from boss_bot_sandbox.site.files.library_files import send_file
from boss_bot_sandbox.site.files.stream_routes import send_playlist, send_segment

picture_routes = web.RouteTableDef()
video_routes = web.RouteTableDef()


@picture_routes.get(r"/media/{stem:[\w-]+}{suffix:(?:\.\w+)?}")
async def send_x_picture(request: web.Request) -> web.StreamResponse:
    """Send a picture; its format is the suffix or ``?format=``."""
    suffix = request.match_info["suffix"].lstrip(".") or request.query.get("format", "jpg")
    return await send_file(request, f"{request.match_info['stem']}.{suffix}")


@picture_routes.get(r"/{folder:(?:ext_tw_video_thumb/\d+/pu/img|tweet_video_thumb)}/{name}")
async def send_still(request: web.Request) -> web.StreamResponse:
    """Send the still picture of a video."""
    return await send_file(request, request.match_info["name"])


@video_routes.get(r"/ext_tw_video/{id:\d+}/pu/vid/avc1/{size:\d+x\d+}/clip.mp4")
async def send_video(request: web.Request) -> web.StreamResponse:
    """Send one mp4 variant of a video, or the status ``?refused=``."""
    if status := request.query.get("refused"):
        return web.Response(status=int(status))
    return await send_file(request, f"clip-{request.match_info['size']}.mp4")


@video_routes.get(r"/tweet_video/{id:\d+}.mp4")
async def send_animated_gif(request: web.Request) -> web.StreamResponse:
    """Send a "GIF", which X stores as a silent mp4."""
    return await send_file(request, "silent.mp4")


@video_routes.get(r"/ext_tw_video/{id:\d+}/pu/pl/{playlist:master|playlist}.m3u8")
async def send_video_playlist(request: web.Request) -> web.StreamResponse:
    """Send the HLS master playlist, or the only playlist that it names."""
    return await send_playlist(request, "hls-clear", request.match_info["playlist"])


@video_routes.get(r"/ext_tw_video/{id:\d+}/pu/pl/{segment:segment-\d+\.ts}")
async def send_video_segment(request: web.Request) -> web.StreamResponse:
    """Send one HLS segment."""
    return await send_segment(request, "hls-clear", request.match_info["segment"])
