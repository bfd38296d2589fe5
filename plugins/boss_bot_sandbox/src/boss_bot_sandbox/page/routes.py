"""The addresses of the web page: its files, and the bot's process.

All else the page does through the local Discord's control API.
"""

import functools
from collections.abc import Awaitable, Callable
from importlib import resources
from typing import Final

import attrs
from aiohttp import web

from boss_bot_sandbox.discord.control.application import require_loopback
from boss_bot_sandbox.harness.bot_process import BotProcess
from boss_bot_sandbox.harness.samples import list_samples

_FILES: Final = resources.files(__package__) / "static"
_TYPES: Final = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}

HEADERS: Final = {
    # Texts on the page are hostile on purpose: should one become markup by mistake, it still does nothing.
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def page_routes(bot: BotProcess) -> list[web.RouteDef]:
    """Return what the page needs, to be served beside the local Discord."""
    return [
        web.get("/", get_static_file),
        web.get(r"/page/{name:[a-z_]+\.(?:js|css|svg)}", get_static_file),
        web.get("/stage", _require_loopback(functools.partial(get_harness_status, bot))),
        web.post("/stage/bot/kill", _require_loopback(functools.partial(kill_bot, bot))),
    ]


async def get_static_file(request: web.Request) -> web.Response:
    """GET one of the page's own files."""
    file = _FILES / request.match_info.get("name", "index.html")
    if not file.is_file():
        raise web.HTTPNotFound
    kind = _TYPES[file.name[file.name.rindex(".") :]]
    return web.Response(text=file.read_text(encoding="utf-8"), content_type=kind, charset="utf-8", headers=HEADERS)


async def get_harness_status(bot: BotProcess, _: web.Request) -> web.Response:
    """GET the bot's process, the last lines it wrote, and the samples."""
    return web.json_response(
        {
            "bot": attrs.asdict(bot.state),
            "lines": list(bot.lines),
            "samples": [attrs.asdict(one) for one in list_samples() if one.featured],
        },
        headers=HEADERS,
    )


async def kill_bot(bot: BotProcess, _: web.Request) -> web.Response:
    """POST the bot's end, as by ``kill -9``; it is started again at once."""
    bot.signal()
    return web.Response(status=204)


def _require_loopback(handler: Handler) -> Handler:
    async def handle(request: web.Request) -> web.StreamResponse:
        return await require_loopback(request, handler)

    return handle
