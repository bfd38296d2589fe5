"""The control API as a whole.

It has no token: it listens on loopback only, and pages of other origins are kept out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web
from yarl import URL

from boss_bot_sandbox.discord.control.actions import ACTIONS
from boss_bot_sandbox.discord.control.arguments import Arguments
from boss_bot_sandbox.discord.control.mutations import SEEDS, known, order_change, order_fault
from boss_bot_sandbox.discord.control.queries import Reading
from boss_bot_sandbox.discord.errors import ApiError
from boss_bot_sandbox.discord.rest.request import WORLD, read_json
from boss_bot_sandbox.discord.rest.request_body import read_form
from boss_bot_sandbox.discord.rest.responses import json_answer, refusal
from boss_bot_sandbox.discord.user_client.errors import SandboxError

if TYPE_CHECKING:
    from aiohttp.typedefs import Handler

    from boss_bot_sandbox.discord.administrator import Administration
    from boss_bot_sandbox.discord.fault_injection import Sabotage
    from boss_bot_sandbox.discord.seeder import Seeder
    from boss_bot_sandbox.discord.state.server_state import World

CONTROL_PATH = "/_control"
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Control:
    """The handlers that change something."""

    def __init__(self, world: World, seed: Seeder, admin: Administration, faults: Sabotage) -> None:
        self._world = world
        self._seed = seed
        self._admin = admin
        self._faults = faults

    def application(self) -> web.Application:
        """Return the application to mount under the control API's prefix."""
        application = web.Application(middlewares=[guard, report])
        application[WORLD] = self._world
        reading = Reading(self._world)
        application.add_routes(reading.routes())
        application.on_shutdown.append(reading.close)
        application.add_routes(
            [
                web.post("/act/{name}", self.act),
                web.post("/fault/{name}", self.fault),
                web.post("/admin/{name}", self.change),
                web.post("/seed/{name}", self.make),
            ]
        )
        return application

    async def act(self, request: web.Request) -> web.Response:
        """POST something a person does; with files as a form, as Discord takes them."""
        body, uploads = await read_form(request)
        action = known(ACTIONS, request.match_info["name"])
        return json_answer(await action(Arguments(self._world, body, uploads)))

    async def fault(self, request: web.Request) -> web.Response:
        """POST a fault."""
        await order_fault(self._faults, request.match_info["name"], await read_json(request))
        return json_answer({})

    async def change(self, request: web.Request) -> web.Response:
        """POST something an administrator does."""
        order_change(self._admin, request.match_info["name"], Arguments(self._world, await read_json(request)))
        return json_answer({})

    async def make(self, request: web.Request) -> web.Response:
        """POST something to be made."""
        make = known(SEEDS, request.match_info["name"])
        return json_answer(make(self._seed, Arguments(self._world, await read_json(request))), 201)


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Keep pages of other origins out, also those whose name was made to point here."""
    origin = request.headers.get("Origin")
    hosts = [URL(f"http://{request.host}").host, *([URL(origin).host] if origin else [])]
    if any(host not in _LOOPBACK for host in hosts):
        return json_answer({"message": "only pages from this machine may do that"}, 403)
    return await handler(request)


@web.middleware
async def report(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Say what was wrong with a request: Discord's refusal, or what the person could not do."""
    try:
        return await handler(request)
    except ApiError as error:
        return refusal(error)
    except SandboxError as error:
        return json_answer({"message": str(error), "error": type(error).__name__}, 409)
    except (LookupError, TypeError, ValueError) as error:
        return json_answer({"message": str(error), "error": type(error).__name__}, 400)
