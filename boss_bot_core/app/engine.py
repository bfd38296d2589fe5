"""The download engine: egress proxy, zygote and the runner with its stages. Only the dispatching process opens it."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import attrs

from boss_bot_core.app.cookies import CookieStore
from boss_bot_core.app.secret_places import check_secret_places
from boss_bot_core.app.services import CoreServices
from boss_bot_core.app.stages import build_conversion_setup, build_file_limits
from boss_bot_core.app.start_errors import translate_start_errors
from boss_bot_core.app.worker_limits import build_worker_limits
from boss_bot_core.app.worker_setup import check_authority, choose_ffmpeg, pack_plugin_settings
from boss_bot_core.delivery import Deliverer
from boss_bot_core.egress import AddressPolicy, EgressProxy
from boss_bot_core.pipeline.file_fetcher import FileFetcher
from boss_bot_core.pipeline.file_supply import FileSupply
from boss_bot_core.pipeline.hook_runner import HookRunner
from boss_bot_core.pipeline.local_runner import LocalRunner
from boss_bot_core.pipeline.stages.candidate_runner import CandidateRunner
from boss_bot_core.pipeline.stages.download import DownloadStage
from boss_bot_core.pipeline.stages.fetch import FetchStage
from boss_bot_core.pipeline.stages.inspection import InspectionRunner, list_inspectors
from boss_bot_core.pipeline.stages.job_builder import DownloadJobBuilder
from boss_bot_core.pipeline.stages.post_process import PostProcessStage
from boss_bot_core.pipeline.stages.reuse import ReuseStage
from boss_bot_core.pipeline.stages.store import StoreStage
from boss_bot_core.pipeline.stages.suspicion import ForbiddenContent
from boss_bot_core.pipeline.stages.verify import VerifyStage
from boss_bot_core.pipeline.stages.worker_lease import LeaseFactory
from boss_bot_core.plugin.manager import PluginManager
from boss_bot_core.routing import Router, list_expected_plugins
from boss_bot_core.storage.blocked_hashes import read_blocked_hashes
from boss_bot_core.worker import Zygote


@attrs.frozen(kw_only=True)
class DownloadEngine:
    """The parts that run downloads in this process.

    Attributes:
        runner: Runs claimed jobs.
        router: Routes links with the zygote's warm plugins.
        zygote: Forks the workers.
        proxy: Connects the workers to the internet.
        ffmpeg: The ffmpeg program of the downloads, or None if this machine has none.
    """

    runner: LocalRunner
    router: Router
    zygote: Zygote
    proxy: EgressProxy
    ffmpeg: Path | None


@asynccontextmanager
async def open_engine(
    services: CoreServices,
    plugins: PluginManager,
    cookies: CookieStore,
    deliverers: Mapping[str, Deliverer],
    zygote: Zygote,
) -> AsyncIterator[DownloadEngine]:
    """Start the proxy and wait for the zygote; stop the proxy at the end of the block.

    Raises:
        SettingsError: A secret lies where every worker may read, or this machine does not allow what is needed.
    """
    settings = services.settings
    policy = AddressPolicy(settings.network.allowed_private_networks)
    async with AsyncExitStack() as stack:
        with translate_start_errors():
            proxy = await stack.enter_async_context(EgressProxy(policy, settings.network.host_overrides))
        await zygote.wait_until_ready()
        check_secret_places(settings, zygote.ready.readable)
        proxy.set_global_rate(settings.network.total_bytes_per_s)
        left_out = frozenset(zygote.ready.loaded) - plugins.loaded.keys()
        router = Router(zygote, list_expected_plugins(plugins), left_out)
        ffmpeg = choose_ffmpeg(settings.download.ffmpeg)
        runner = _build_runner(services, plugins, cookies, deliverers, proxy, zygote, router, ffmpeg)
        yield DownloadEngine(runner=runner, router=router, zygote=zygote, proxy=proxy, ffmpeg=ffmpeg)


def _build_runner(
    services: CoreServices,
    plugins: PluginManager,
    cookies: CookieStore,
    deliverers: Mapping[str, Deliverer],
    proxy: EgressProxy,
    zygote: Zygote,
    router: Router,
    ffmpeg: Path | None,
) -> LocalRunner:
    settings = services.settings
    download = settings.download
    limits = build_file_limits(settings, plugins)
    hook_runner = HookRunner(zygote, build_worker_limits(settings))
    inspection_runner = InspectionRunner(hook_runner, list_inspectors(plugins))
    verify_stage = VerifyStage(inspection_runner, limits, plugins.platforms())
    job_builder = DownloadJobBuilder(
        limits=limits,
        ca_file=check_authority(settings.network.ca_file),
        find_cookies=cookies.find,
        plugin_settings=pack_plugin_settings(plugins),
        ffmpeg=ffmpeg,
    )
    leases = LeaseFactory(proxy, services.space, download.max_download_bytes, settings.network.download_bytes_per_s)
    candidate_runner = CandidateRunner(hook_runner, job_builder, leases)
    forbidden = ForbiddenContent(read_blocked_hashes(settings.storage.blocked_hashes_file))
    store_stage = StoreStage(services.storage, forbidden)
    setup = build_conversion_setup(settings, plugins, ffmpeg)
    planned = setup if limits.is_converting else None
    fetch_stage = FetchStage(services.storage, DownloadStage(router, candidate_runner), verify_stage, planned)
    post_process_stage = PostProcessStage(hook_runner, verify_stage, limits, setup)
    fetcher = FileFetcher(services.storage, fetch_stage, post_process_stage, store_stage)
    reuse_stage = ReuseStage(services.database, services.storage, limits, forbidden)
    supply = FileSupply(services.storage, reuse_stage, fetcher, post_process_stage, store_stage)
    return LocalRunner(services.storage, supply, store_stage, deliverers)
