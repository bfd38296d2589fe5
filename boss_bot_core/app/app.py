"""Which cookie files nobody uses: only the plugins know which names there are, so the settings cannot refuse them.

A process that can run downloads: with the dispatcher when the folder has none yet, beside it otherwise.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager

import attrs
from loguru import logger

from boss_bot_core.app.background import hold_dispatcher_lock, run_background_tasks
from boss_bot_core.app.engine import DownloadEngine, open_engine
from boss_bot_core.app.services import CoreServices, open_services
from boss_bot_core.delivery import Deliverer, FolderDeliverer
from boss_bot_core.domain.link import Link
from boss_bot_core.operations.metrics import MetricsCollector
from boss_bot_core.pipeline.event_bus import EventBus
from boss_bot_core.pipeline.service import DownloadService
from boss_bot_core.plugin.manager import PluginManager
from boss_bot_core.plugin.matching import MatchResult
from boss_bot_core.queue import DispatcherRunningError
from boss_bot_core.routing import Router
from boss_bot_core.settings import Settings


def unused_cookie_warnings(settings: Settings, plugins: PluginManager) -> Iterable[str]:
    """Yield one sentence for each name under `cookies` that no installed plugin has."""
    installed = {*plugins.loaded, *(failure.name for failure in plugins.failures)}
    for name in sorted(settings.download.cookies.keys() - installed):
        yield f"cookies has a file for {name!r}, but no plugin is called so: nobody uses it."


NO_DELIVERERS: Mapping[str, Deliverer] = {}


@attrs.frozen(kw_only=True)
class App:
    """An open app.

    Attributes:
        services: Queue and database.
        plugins: The plugins, for their names and commands.
        bus: What happens to downloads that run in this process.
        metrics: How the downloads that ran in this process went.
        service: What commands call.
        engine: What runs downloads here, or None when another process does.
    """

    services: CoreServices
    plugins: PluginManager
    bus: EventBus
    metrics: MetricsCollector
    service: DownloadService
    engine: DownloadEngine | None


class LocalMatcher:
    """Asks the plugins in this process: for commands beside a running dispatcher, which has the warm ones."""

    def __init__(self, plugins: PluginManager) -> None:
        self._plugins = plugins

    async def match(self, link: Link) -> tuple[MatchResult, ...]:
        """Return the answer of every plugin."""
        return await asyncio.to_thread(self._plugins.match, link)


@asynccontextmanager
async def open_app(
    settings: Settings, deliverers: Mapping[str, Deliverer] = NO_DELIVERERS, *, must_dispatch: bool = False
) -> AsyncIterator[App]:
    """Open everything, dispatch until the block is left, then give back what runs and close everything.

    Args:
        settings: The settings.
        deliverers: Further kinds of destinations, beside folders.
        must_dispatch: Refuse to stand beside another dispatcher.

    Raises:
        DispatcherRunningError: Another process dispatches, and `must_dispatch` is set.
        DatabaseError: The database cannot be used.
        ZygoteStartError: The plugins could not be started.
    """
    async with AsyncExitStack() as stack:
        desk = await stack.enter_async_context(open_services(settings))
        plugins = PluginManager.load(settings.download.disabled_plugins)
        bus = EventBus()
        stack.callback(bus.close)
        metrics = MetricsCollector()
        room: DownloadEngine | None = None
        try:
            await stack.enter_async_context(hold_dispatcher_lock(desk))
        except DispatcherRunningError:
            if must_dispatch:
                raise
        else:
            everywhere = {"folder": FolderDeliverer(), **deliverers}
            for sentence in unused_cookie_warnings(settings, plugins):
                logger.warning(sentence)
            room = await stack.enter_async_context(open_engine(desk, plugins, everywhere))
            await stack.enter_async_context(run_background_tasks(desk, room, bus, metrics))
        router = room.router if room else Router(LocalMatcher(plugins))
        service = DownloadService(desk.queue, router, bus, desk.storage, settings.queue.max_attempts)
        yield App(services=desk, plugins=plugins, bus=bus, metrics=metrics, service=service, engine=room)
