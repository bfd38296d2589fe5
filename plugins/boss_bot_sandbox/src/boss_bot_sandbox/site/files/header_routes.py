"""Routes that send a media file under a false or missing label: its address, its media type, or its suggested name."""

from aiohttp import web

from boss_bot_sandbox.site.files.library_files import find_payload, send_file
from boss_bot_sandbox.site.files.response import ResponseOptions, send_payload
from boss_bot_sandbox.site.media.payload import content_type

routes = web.RouteTableDef()


@routes.get("/typed/{name}")
async def send_typed(request: web.Request) -> web.StreamResponse:
    """Send a video with its true media type from any address, such as ``get.php``."""
    options = ResponseOptions(content_type="video/mp4")
    return await send_payload(request, await find_payload(request, "clip.mp4"), options)


@routes.get("/html/{name}")
async def send_as_page(request: web.Request) -> web.StreamResponse:
    """Send the file as ``text/html``."""
    options = ResponseOptions(content_type="text/html")
    return await send_payload(request, await find_payload(request, request.match_info["name"]), options)


@routes.get("/untyped/{real}/{name}")
async def send_untyped(request: web.Request) -> web.StreamResponse:
    """Send the bytes of ``real`` from any address, without a media type."""
    options = ResponseOptions(content_type=None)
    return await send_payload(request, await find_payload(request, request.match_info["real"]), options)


@routes.get("/disguised/{real}/{claimed}")
async def send_disguised(request: web.Request) -> web.StreamResponse:
    """Send the bytes of ``real`` under the name and the media type of ``claimed``."""
    options = ResponseOptions(content_type=content_type(request.match_info["claimed"]))
    return await send_payload(request, await find_payload(request, request.match_info["real"]), options)


@routes.get("/attachment/{name}")
async def send_attachment(request: web.Request) -> web.StreamResponse:
    """Send the file with ``?filename=`` (quoted) and ``?encoded=`` (RFC 8187), if any, in Content-Disposition."""
    name = request.match_info["name"]
    filename = request.query.get("filename", name)
    quoted = filename.replace("\\", "\\\\").replace('"', '\\"')
    header = f'attachment; filename="{quoted}"'
    if encoded := request.query.get("encoded"):
        header += f"; filename*={encoded}"
    return await send_file(request, name, headers={"Content-Disposition": header})
