"""The client of the control API, for tests whose local Discord runs in another process.

The names and arguments are those of the server's actions and orders.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import aiohttp

from boss_bot_sandbox.discord.errors import ControlError
from boss_bot_sandbox.discord.state.event_log import WAIT_TIMEOUT_S

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from boss_bot_sandbox.discord.jsontypes import JsonObject


class ControlClient:
    """Client of the control API of one local Discord."""

    def __init__(self, session: aiohttp.ClientSession, control_url: str) -> None:
        self._session = session
        self._url = control_url

    async def act(
        self, user: str, action: str, *, files: Sequence[tuple[str, bytes]] = (), **arguments: object
    ) -> JsonObject:
        """Perform a user action, such as ``act("ada", "say", channel="general", content="$dl …")``."""
        body = {"user": user, **arguments}
        if not files:
            return await self._post(f"/act/{action}", body)
        form = aiohttp.FormData(quote_fields=False)
        form.add_field("payload_json", json.dumps(body))
        for slot, (name, data) in enumerate(files):
            form.add_field(f"files[{slot}]", data, filename=name)
        async with self._session.post(self._url + f"/act/{action}", data=form) as response:
            return _object(await _read(response))

    async def fault(self, fault: str, **arguments: object) -> None:
        """Inject a fault, such as ``fault("rate_limit", retry_after_s=1)``."""
        await self._post(f"/fault/{fault}", arguments)

    async def admin(self, order: str, **arguments: object) -> None:
        """Perform an action of the administrator, such as ``admin("boost", guild="Sandbox", tier=2)``."""
        await self._post(f"/admin/{order}", arguments)

    async def seed(self, thing: str, **arguments: object) -> JsonObject:
        """Create something, such as ``seed("person", name="eve", guild="Sandbox")``."""
        return await self._post(f"/seed/{thing}", arguments)

    async def state(self) -> JsonObject:
        """Return the users, guilds and channels."""
        return _object(await self._get("/state"))

    async def messages(self, channel: str, viewer: str | None = None) -> list[JsonObject]:
        """Return the messages of a channel, oldest first; a viewer does not see other users' ephemeral messages."""
        return _list(await self._get(f"/channels/{channel}/messages", **({"viewer": viewer} if viewer else {})))

    async def transcript(self, start: int = 0) -> list[JsonObject]:
        """Return the entries of the event log from number ``start`` on."""
        return _list(await self._get("/transcript", start=str(start)))

    async def wait_for(
        self, wanted: Callable[[JsonObject], bool], *, start: int | None = 0, timeout_s: float = WAIT_TIMEOUT_S
    ) -> JsonObject:
        """Return the first entry that ``wanted`` accepts, from number ``start`` on; None considers new entries only.

        Raises:
            TimeoutError: No such entry was written in time.
        """
        async with asyncio.timeout(timeout_s):
            async with self.events(start) as entries:
                async for entry in entries:
                    if wanted(entry):
                        return entry
        raise ControlError(0, {"message": "the server has gone"})

    @asynccontextmanager
    async def events(self, start: int | None = None) -> AsyncIterator[AsyncIterator[JsonObject]]:
        """Open the stream of log entries for the duration of the block."""
        query = {} if start is None else {"start": str(start)}
        async with self._session.ws_connect(self._url + "/events", params=query) as socket:
            yield (json.loads(message.data) async for message in socket)

    async def _post(self, path: str, body: JsonObject) -> JsonObject:
        async with self._session.post(self._url + path, json=body) as response:
            return _object(await _read(response))

    async def _get(self, path: str, **query: str) -> object:
        async with self._session.get(self._url + path, params=query) as response:
            return await _read(response)


async def _read(response: aiohttp.ClientResponse) -> object:
    body: object = await response.json(content_type=None)
    if response.status >= 400:
        raise ControlError(response.status, _object(body))
    return body


def _object(body: object) -> JsonObject:
    return body if isinstance(body, dict) else {}


def _list(body: object) -> list[JsonObject]:
    return body if isinstance(body, list) else []
