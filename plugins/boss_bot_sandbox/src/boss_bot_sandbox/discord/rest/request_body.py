"""Reads request bodies with files: JSON in ``payload_json``, bytes in ``files[n]``.

Files are written to disk piece by piece, because an upload may have a hundred megabytes.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from aiohttp import BodyPartReader, web

from boss_bot_sandbox.discord.errors import ApiError, ApiErrorKind, TooLargeError
from boss_bot_sandbox.discord.rest.request import read_json_body, state_of
from boss_bot_sandbox.discord.state.files import UploadWriter

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.jsontypes import JsonObject
    from boss_bot_sandbox.discord.model.attachment import Upload

_FILE = re.compile(r"files\[(\d{1,2})\]")
_PIECE = 256 * 1024


async def read_form(request: web.Request) -> tuple[JsonObject, tuple[Upload, ...]]:
    """Return the JSON of a body and its files, which are stored on disk.

    Raises:
        ApiError: The body is neither JSON nor a form that Discord accepts.
    """
    if request.content_length is not None and request.content_length > state_of(request).options.request_bytes:
        await discard_body(request)
        raise TooLargeError(by_proxy=True)
    if not request.content_type.startswith("multipart/"):
        return await read_json_body(request), ()
    body: JsonObject = {}
    uploads: list[Upload] = []
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            raise ApiError(ApiErrorKind.BAD_REQUEST)
        if part.name == "payload_json":
            body = _parse_json(await part.text())
        else:
            uploads.append(await _store_file(request, part))
    return body, tuple(uploads)


async def discard_body(request: web.Request) -> None:
    """Read a body to its end and discard it, so that the client reads the response."""
    while await request.content.read(_PIECE):
        pass


def _parse_json(text: str) -> JsonObject:
    try:
        body = json.loads(text)
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise ApiError(ApiErrorKind.INVALID_JSON)
    return body


async def _store_file(request: web.Request, part: BodyPartReader) -> Upload:
    slot = _FILE.fullmatch(part.name or "")
    if slot is None or part.filename is None:
        raise ApiError(ApiErrorKind.BAD_REQUEST)
    intake = UploadWriter(state_of(request), int(slot[1]), part.filename)
    try:
        while piece := await part.read_chunk(_PIECE):
            intake.write(bytes(piece))
    except BaseException:
        intake.discard()
        raise
    return await intake.finish()
