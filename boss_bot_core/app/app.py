"""The open application: services, plugins and, in the process that dispatches, the download engine."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, closing

import attrs
from loguru import logger

from boss_bot_core.app.background import dispatch, hold_dispatcher_lock
from boss_bot_core.app.cleanup import build_cleanup
from boss_bot_core.app.cookies import CookieStore
from boss_bot_core.app.engine import DownloadEngine, open_engine
from boss_bot_core.app.plugin_settings import load_plugins, plugin_warnings
from boss_bot_core.app.services import CoreServices, open_services
from boss_bot_core.app.zygote_start import start_zygote
from boss_bot_core.delivery import Deliverer, FolderDeliverer
from boss_bot_core.operations.cleanup.service import CleanupService
from boss_bot_core.operations.metrics import MetricsCollector
from boss_bot_core.pipeline.event_bus import EventBus
from boss_bot_core.pipeline.service import DownloadService
from boss_bot_core.plugin.manager import PluginManager
from boss_bot_core.queue import DispatcherElsewhereError, DispatcherRunningError
from boss_bot_core.routing import LocalMatcher, Router, list_expected_plugins
from boss_bot_core.settings import Settings
from boss_bot_core.worker import Zygote

DelivererFactory = Callable[[CoreServices], Mapping[str, Deliverer]]
"""Builds the deliverers of further kinds of destinations, beside folders, from the open services."""


@attrs.frozen(kw_only=True)
class App:
    """An open application.

    Attributes:
        services: Database, storage, queue and access.
        plugins: The loaded plugins, for their names and commands.
        cookies: The operator's cookies, by plugin.
        bus: The events of downloads that run in this process.
        metrics: Counters of the downloads that ran in this process.
        service: The download service that commands call.
        cleanup: Cleans up the storage, and knows its metrics.
        engine: Runs downloads in this process; None when another process dispatches.
        is_elsewhere: Whether that process has another data folder, and thus no folder of this machine.
    """

    services: CoreServices
    plugins: PluginManager
    cookies: CookieStore
    bus: EventBus
    metrics: MetricsCollector = attrs.field(factory=MetricsCollector)
    service: DownloadService
    cleanup: CleanupService
    engine: DownloadEngine | None
    is_elsewhere: bool = False

    @asynccontextmanager
    async def dispatch(self) -> AsyncIterator[None]:
        """Run downloads until the block is left, then release them; does nothing beside another dispatcher."""
        if self.engine is None:
            yield
            return
        async with dispatch(self.services, self.engine, self.bus, self.metrics, self.cleanup):
            yield


@asynccontextmanager
async def open_app(
    settings: Settings,
    build_deliverers: DelivererFactory = lambda _: {},
    *,
    must_dispatch: bool = False,
    zygote: Zygote | None = None,
) -> AsyncIterator[App]:
    """Open everything in order, and close it in reverse order. Downloads run only inside `App.dispatch`.

    Args:
        settings: The settings.
        build_deliverers: Builds the deliverers of further kinds of destinations.
        must_dispatch: Raise when another process dispatches, instead of opening an app without an engine.
        zygote: A zygote that the caller has started already; None starts one here.

    Raises:
        SettingsError: This machine does not allow what a start needs, or a secret lies where workers may read.
        DispatcherRunningError: Another process dispatches, and `must_dispatch` is set.
        DatabaseError, ZygoteStartError: The database cannot be used, or the plugins could not be started.
    """
    async with AsyncExitStack() as stack:
        services = await stack.enter_async_context(open_services(settings))
        plugins = load_plugins(settings)
        cookies = CookieStore(settings.download.cookies)
        bus = stack.enter_context(closing(EventBus()))
        engine: DownloadEngine | None = None
        is_elsewhere = False
        try:
            await stack.enter_async_context(hold_dispatcher_lock(services))
        except DispatcherRunningError as error:
            if must_dispatch:
                raise
            is_elsewhere = isinstance(error, DispatcherElsewhereError)
        else:
            for warning in (*plugin_warnings(settings, plugins), *cookies.warnings()):
                logger.warning("{}", warning)
            deliverers = {"folder": FolderDeliverer(), **build_deliverers(services)}
            if zygote is None:
                zygote = await stack.enter_async_context(start_zygote(settings, is_eager=True))
            engine = await stack.enter_async_context(open_engine(services, plugins, cookies, deliverers, zygote))
        router = engine.router if engine else Router(LocalMatcher(plugins), list_expected_plugins(plugins))
        attempts = settings.queue.max_attempts
        service = DownloadService(services.queue, router, bus, services.storage, services.space, attempts)
        yield App(
            services=services,
            plugins=plugins,
            cookies=cookies,
            bus=bus,
            service=service,
            cleanup=build_cleanup(services),
            engine=engine,
            is_elsewhere=is_elsewhere,
        )
