"""The files of messages, served as Discord's CDN does.

Players seek in videos, so ranges matter; addresses are unguessable enough by their two ids.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from aiohttp import web
from PIL import Image

from boss_bot_sandbox.discord.model.snowflake import Snowflake

if TYPE_CHECKING:
    from boss_bot_sandbox.discord.world.state import World

_AVATAR_COLOURS = ((88, 101, 242), (116, 127, 141), (59, 165, 93), (250, 166, 26), (237, 66, 69), (235, 69, 158))


class Cdn:
    """Serves attachments and default avatars."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        """Return the routes to mount at the root."""
        return [
            web.get("/attachments/{channel_id}/{file_id}/{filename}", self._attachment),
            web.get("/ephemeral-attachments/{channel_id}/{file_id}/{filename}", self._attachment),
            web.get("/embed/avatars/{number}.png", self._avatar),
        ]

    async def _attachment(self, request: web.Request) -> web.StreamResponse:
        channel_id, file_id = (request.match_info[name] for name in ("channel_id", "file_id"))
        if not (channel_id.isdecimal() and file_id.isdecimal()):
            raise web.HTTPNotFound
        # As on Discord, a file goes with its message.
        for message in self._world.messages.get(Snowflake(int(channel_id)), {}).values():
            for attachment in message.attachments:
                if attachment.id == int(file_id):
                    return web.FileResponse(attachment.path, headers={"Content-Type": attachment.content_type})
        raise web.HTTPNotFound

    async def _avatar(self, request: web.Request) -> web.StreamResponse:
        number = request.match_info["number"]
        colour = _AVATAR_COLOURS[int(number) % len(_AVATAR_COLOURS) if number.isdecimal() else 0]
        data = io.BytesIO()
        Image.new("RGB", (64, 64), colour).save(data, "PNG")
        return web.Response(body=data.getvalue(), content_type="image/png")
