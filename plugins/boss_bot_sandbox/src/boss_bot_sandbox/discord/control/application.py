"""The HTTP application of the control API.

It needs no token: it is served on loopback only, and requests from pages of other origins are refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web
from yarl import URL

from boss_bot_sandbox.discord.control.actions import ACTIONS
from boss_bot_sandbox.discord.control.arguments import ControlArguments, TextExpansion, expand_texts
from boss_bot_sandbox.discord.control.mutations import administer, find_order, inject_fault
from boss_bot_sandbox.discord.control.queries import QueryHandlers
from boss_bot_sandbox.discord.control.seeds import SEEDS
from boss_bot_sandbox.discord.errors import ApiError
from boss_bot_sandbox.discord.rest.request import STATE, read_json_body
from boss_bot_sandbox.discord.rest.request_body import read_form
from boss_bot_sandbox.discord.rest.responses import error_response, json_response
from boss_bot_sandbox.discord.user_client.errors import UserActionError

if TYPE_CHECKING:
    from aiohttp.typedefs import Handler

    from boss_bot_sandbox.discord.administrator import Administrator
    from boss_bot_sandbox.discord.fault_injection import FaultInjector
    from boss_bot_sandbox.discord.seeder import Seeder
    from boss_bot_sandbox.discord.state.server_state import ServerState

CONTROL_PATH = "/_control"
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


class ControlApi:
    """The handlers of requests that change something."""

    def __init__(
        self, state: ServerState, seed: Seeder, admin: Administrator, faults: FaultInjector, expand_text: TextExpansion
    ) -> None:
        self._state = state
        self._seed = seed
        self._admin = admin
        self._faults = faults
        self._expand_text = expand_text

    def application(self) -> web.Application:
        """Return the application, to be mounted under ``CONTROL_PATH``."""
        application = web.Application(middlewares=[require_loopback, report_errors])
        application[STATE] = self._state
        reading = QueryHandlers(self._state)
        application.add_routes(reading.routes())
        application.on_shutdown.append(reading.close)
        application.add_routes(
            [
                web.post("/act/{name}", self.act),
                web.post("/fault/{name}", self.fault),
                web.post("/admin/{name}", self.administer),
                web.post("/seed/{name}", self.seed),
            ]
        )
        return application

    async def act(self, request: web.Request) -> web.Response:
        """POST a user action; with files it is a multipart form, as in Discord's API."""
        body, uploads = await read_form(request)
        action = find_order(ACTIONS, request.match_info["name"])
        body = {name: expand_texts(value, self._expand_text) for name, value in body.items()}
        return json_response(await action(ControlArguments(self._state, body, uploads)))

    async def fault(self, request: web.Request) -> web.Response:
        """POST a fault to inject."""
        await inject_fault(self._faults, request.match_info["name"], await read_json_body(request))
        return json_response({})

    async def administer(self, request: web.Request) -> web.Response:
        """POST an action of the administrator."""
        administer(
            self._admin, request.match_info["name"], ControlArguments(self._state, await read_json_body(request))
        )
        return json_response({})

    async def seed(self, request: web.Request) -> web.Response:
        """POST a guild, channel, user or installation to create."""
        make = find_order(SEEDS, request.match_info["name"])
        return json_response(make(self._seed, ControlArguments(self._state, await read_json_body(request))), 201)


@web.middleware
async def require_loopback(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse requests from pages of other origins, also when their host name resolves to loopback."""
    origin = request.headers.get("Origin")
    hosts = [URL(f"http://{request.host}").host, *([URL(origin).host] if origin else [])]
    if any(host not in _LOOPBACK for host in hosts):
        return json_response({"message": "only pages from this machine may do that"}, 403)
    return await handler(request)


@web.middleware
async def report_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Convert exceptions to error responses: Discord's errors, impossible user actions, and wrong arguments."""
    try:
        return await handler(request)
    except ApiError as error:
        return error_response(error)
    except UserActionError as error:
        return json_response({"message": str(error), "error": type(error).__name__}, 409)
    except (LookupError, TypeError, ValueError) as error:
        return json_response({"message": str(error), "error": type(error).__name__}, 400)
