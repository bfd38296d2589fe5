"""Routes whose answer is not the plain file: redirects, error statuses, pages, and a compressed bomb."""

import asyncio
import html
from typing import Final

from aiohttp import web

from boss_bot_sandbox.site.files.file_routes import is_failing_attempt
from boss_bot_sandbox.site.files.library_files import send_file
from boss_bot_sandbox.site.files.response import ResponseOptions, send_payload
from boss_bot_sandbox.site.media.hostile import gzip_bomb
from boss_bot_sandbox.site.media.payload import MemoryPayload, content_type

routes = web.RouteTableDef()

BOMB_BYTES: Final = 100 * 1024 * 1024


def status_response(request: web.Request) -> web.Response:
    """Return a response with the status ``code`` of the path and the Retry-After of ``?retry_after=``, if any."""
    status = int(request.match_info["code"])
    seconds = request.query.get("retry_after")
    headers = {"Retry-After": seconds} if seconds else {}
    return web.Response(status=status, headers=headers, text=f"{status} as asked")


@routes.get("/redirect")
@routes.get("/redirect/{name}")
async def redirect(request: web.Request) -> web.StreamResponse:
    """Redirect to ``?to=`` with ``?status=`` (302)."""
    if "to" not in request.query:
        raise web.HTTPBadRequest(text="to= is missing")
    status = int(request.query.get("status", "302"))
    return web.Response(status=status, headers={"Location": request.query["to"]})


@routes.get(r"/status/{code:[2-5]\d\d}")
@routes.get(r"/status/{code:[2-5]\d\d}/{name}")
async def send_status(request: web.Request) -> web.StreamResponse:
    """Answer with the status ``code``; ``?retry_after=`` adds that header."""
    return status_response(request)


@routes.get(r"/flaky/{code:[45]\d\d}/{times:\d+}/{name}")
async def send_flaky(request: web.Request) -> web.StreamResponse:
    """Answer the first ``times`` requests with the status ``code``, then send the file."""
    if is_failing_attempt(request, int(request.match_info["times"])):
        return status_response(request)
    return await send_file(request, request.match_info["name"])


@routes.get("/gzip-bomb/{name}")
async def send_gzip_bomb(request: web.Request) -> web.StreamResponse:
    """Send about 100 KB with Content-Encoding gzip that unpack to ``?unpacked_bytes=`` (100 MiB)."""
    unpacked_bytes = int(request.query.get("unpacked_bytes", BOMB_BYTES))
    payload = MemoryPayload(await asyncio.to_thread(gzip_bomb, unpacked_bytes))
    media_type = content_type(request.match_info["name"])
    options = ResponseOptions(content_type=media_type, headers={"Content-Encoding": "gzip"}, ranges=False)
    return await send_payload(request, payload, options)


@routes.get("/page/{name}")
async def send_page(request: web.Request) -> web.StreamResponse:
    """Send a page with one ``<video>`` whose source is ``?src=``."""
    source = html.escape(request.query.get("src", "/files/clip.mp4"))
    title = html.escape(request.query.get("title", "A page with a video"))
    text = f"<!doctype html><title>{title}</title><video controls src='{source}'></video>"
    return web.Response(text=text, content_type="text/html")
