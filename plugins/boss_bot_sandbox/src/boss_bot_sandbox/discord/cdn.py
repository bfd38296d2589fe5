"""The CDN of the local Discord: attachments of messages and default avatars.

It supports range requests, because players seek in videos.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from aiohttp import web
from PIL import Image

from boss_bot_sandbox.discord.model.snowflake import Snowflake

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.state.server_state import ServerState

_AVATAR_COLOURS = ((88, 101, 242), (116, 127, 141), (59, 165, 93), (250, 166, 26), (237, 66, 69), (235, 69, 158))


class Cdn:
    """Serves attachments and default avatars; an attachment answers 404 when its message is deleted."""

    def __init__(self, state: ServerState) -> None:
        self._state = state

    def routes(self) -> list[web.RouteDef]:
        """Return the routes to mount at the root."""
        return [
            web.get("/attachments/{channel_id}/{file_id}/{filename}", self._attachment),
            web.get("/ephemeral-attachments/{channel_id}/{file_id}/{filename}", self._attachment),
            web.get("/embed/avatars/{number}.png", self._avatar),
        ]

    async def _attachment(self, request: web.Request) -> web.StreamResponse:
        file_id = request.match_info["file_id"]
        attachment = self._state.files.get(Snowflake(int(file_id))) if file_id.isdecimal() else None
        # The whole address is the secret, so all of it must be correct.
        if attachment is None or not attachment.url.endswith(request.rel_url.raw_path):
            raise web.HTTPNotFound
        return web.FileResponse(attachment.path, headers={"Content-Type": attachment.content_type})

    async def _avatar(self, request: web.Request) -> web.StreamResponse:
        number = request.match_info["number"]
        colour = _AVATAR_COLOURS[int(number) % len(_AVATAR_COLOURS) if number.isdecimal() else 0]
        data = io.BytesIO()
        Image.new("RGB", (64, 64), colour).save(data, "PNG")
        return web.Response(body=data.getvalue(), content_type="image/png")
