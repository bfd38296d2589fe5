"""Routes of the web page: its static files, and the state of the bot's process.

For everything else the page uses the control API of the local Discord.
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
    # The page shows hostile texts on purpose. If one became markup by mistake, this policy would make it harmless.
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
    """Return the routes of the page, to be served by the local Discord."""
    return [
        web.get("/", get_static_file),
        web.get(r"/page/{name:[a-z_]+\.(?:js|css|svg)}", get_static_file),
        web.get("/harness", _require_loopback(functools.partial(get_harness_status, bot))),
        web.post("/harness/bot/kill", _require_loopback(functools.partial(kill_bot, bot))),
    ]


async def get_static_file(request: web.Request) -> web.Response:
    """GET one of the page's static files."""
    file = _FILES / request.match_info.get("name", "index.html")
    if not file.is_file():
        raise web.HTTPNotFound
    kind = _TYPES[file.name[file.name.rindex(".") :]]
    return web.Response(text=file.read_text(encoding="utf-8"), content_type=kind, charset="utf-8", headers=HEADERS)


async def get_harness_status(bot: BotProcess, _: web.Request) -> web.Response:
    """GET the state of the bot's process, the last lines of its output, and the featured samples."""
    return web.json_response(
        {
            "bot": attrs.asdict(bot.state),
            "lines": list(bot.lines),
            "samples": [attrs.asdict(one) for one in list_samples() if one.featured],
        },
        headers=HEADERS,
    )


async def kill_bot(bot: BotProcess, _: web.Request) -> web.Response:
    """POST a request to kill the bot with SIGKILL; it is restarted immediately."""
    bot.signal()
    return web.Response(status=204)


def _require_loopback(handler: Handler) -> Handler:
    async def handle(request: web.Request) -> web.StreamResponse:
        return await require_loopback(request, handler)

    return handle
