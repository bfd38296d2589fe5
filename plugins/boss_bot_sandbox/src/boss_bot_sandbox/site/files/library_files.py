"""Answers of the file routes with files of the media library, padded to ``?size_bytes=`` on request.

The stand-ins for X and Reddit send their media files with the same functions.
"""

import asyncio
from collections.abc import Mapping
from typing import Final

from aiohttp import web

from boss_bot_sandbox.site.files.response import Pace, ResponseOptions, send_payload, send_steadily
from boss_bot_sandbox.site.media.library import MediaLibrary
from boss_bot_sandbox.site.media.payload import MemoryPayload, PaddedMp4, Payload, content_type

LIBRARY: Final = web.AppKey("library", MediaLibrary)


async def find_payload(request: web.Request, name: str) -> Payload:
    """Return the library file ``name``, padded when the request asks for a size.

    Raises:
        web.HTTPNotFound: There is no such file.
        web.HTTPBadRequest: The size is too small or not a number.
    """
    try:
        data = await asyncio.to_thread(request.config_dict[LIBRARY].read, name)
    except LookupError:
        raise web.HTTPNotFound(text=f"no media called {name!r}") from None
    if "size_bytes" not in request.query:
        return MemoryPayload(data)
    try:
        return PaddedMp4(data, int(request.query["size_bytes"]))
    except ValueError as error:
        raise web.HTTPBadRequest(text=str(error)) from error


async def send_file(
    request: web.Request,
    name: str,
    pace: Pace = send_steadily,
    *,
    headers: Mapping[str, str] | None = None,
    ranges: bool = True,
    sized: bool = True,
) -> web.StreamResponse:
    """Send the library file ``name`` with its true media type; the options are those of `ResponseOptions`.

    Raises:
        web.HTTPNotFound: There is no such file.
        web.HTTPBadRequest: The requested size is too small or not a number.
        web.HTTPRequestRangeNotSatisfiable: The requested range lies outside the file.
    """
    payload = await find_payload(request, name)
    options = ResponseOptions(content_type=content_type(name), headers=dict(headers or {}), ranges=ranges, sized=sized)
    return await send_payload(request, payload, options, pace)
