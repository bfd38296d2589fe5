"""Which payload a file route sends: a library file by name, or one padded to ``?size_bytes=``."""

import asyncio
from typing import Final

from aiohttp import web

from boss_bot_sandbox.site.media.library import MediaLibrary
from boss_bot_sandbox.site.media.payload import MemoryPayload, PaddedMp4, Payload

LIBRARY: Final = web.AppKey("library", MediaLibrary)


async def find_payload(request: web.Request, name: str) -> Payload:
    """Return the library file ``name``, padded when the request asks for a size.

    Raises:
        web.HTTPNotFound: There is no such file.
        web.HTTPBadRequest: The size is too small or no number.
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
