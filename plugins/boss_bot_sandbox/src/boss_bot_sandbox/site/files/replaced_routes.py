"""A route whose file is replaced after its first request broke off: what a resumed download must not mix.

``how`` says what the server does with a request for the rest:

``checked``    sends a validator and honours If-Range: it sends the whole new file.
``unchecked``  sends a validator and ignores If-Range: it sends the rest of the new file, with the new validator.
``bare``       sends no validator: it sends the rest of the new file.
``shorter``    as ``unchecked``, and the new file ends before the requested byte (416).
"""

import asyncio

from aiohttp import web

from boss_bot_sandbox.site.files import paces
from boss_bot_sandbox.site.files.file_routes import is_failing_attempt
from boss_bot_sandbox.site.files.library_files import LIBRARY, find_payload
from boss_bot_sandbox.site.files.response import ResponseOptions, send_payload, send_steadily
from boss_bot_sandbox.site.media.payload import PaddedMp4, content_type

routes = web.RouteTableDef()

REPLACEMENT = "silent.mp4"
"""The library file behind the link from the second request on, padded to the size of the first."""


@routes.get(r"/replaced/{how:checked|unchecked|bare|shorter}/{after:\d+}/{name}")
async def send_replaced(request: web.Request) -> web.StreamResponse:
    """Reset the connection after ``after`` bytes of the first request; then send another file."""
    how, name = request.match_info["how"], request.match_info["name"]
    payload = await find_payload(request, name)
    is_first = is_failing_attempt(request, 1)
    if not is_first:
        data = await asyncio.to_thread(request.config_dict[LIBRARY].read, REPLACEMENT)
        payload = PaddedMp4(data, payload.size_bytes // (2 if how == "shorter" else 1))
    version = '"first"' if is_first else '"second"'
    options = ResponseOptions(
        content_type=content_type(name),
        etag=None if how == "bare" else version,
        checks_if_range=how == "checked",
    )
    pace = paces.cut(int(request.match_info["after"])) if is_first else send_steadily
    return await send_payload(request, payload, options, pace)
