"""`PluginManager`: loads the plugins and calls their hooks, each hook through one typed method.

No other module calls a hook. Each plugin is called on its own, so that an exception fails only this plugin.
"""

from collections.abc import Callable, Collection, Iterable
from importlib import metadata
from typing import TYPE_CHECKING, Self

import attrs

from boss_bot_core.domain.link import Link
from boss_bot_core.plugin._registry import PluginRegistry
from boss_bot_core.plugin._warm_up import WarmUpHooks
from boss_bot_core.plugin.contract import call_match_hook
from boss_bot_core.plugin.download import DownloadRequest
from boss_bot_core.plugin.download_result import DownloadResult
from boss_bot_core.plugin.health import HealthHint, call_health_hooks
from boss_bot_core.plugin.hook_limit import MATCH_LIMIT_S
from boss_bot_core.plugin.hook_results import call_inspection_hooks, check_download_result, check_returns
from boss_bot_core.plugin.inspection import FileFacts, FileToInspect
from boss_bot_core.plugin.loader import find_plugins
from boss_bot_core.plugin.matching import MatchResult, Platform
from boss_bot_core.plugin.post_process import PostProcessRequest, PostProcessResult
from boss_bot_core.plugin.post_process_chain import PostProcessHook, chain_steps
from boss_bot_core.plugin.post_process_plan import PostProcessPlan, merge_plans

if TYPE_CHECKING:
    import typer


class PluginManager:
    """A method for each hook; `loaded` has the plugins in use by name, and `engines` warms up their engines."""

    def __init__(self, registry: PluginRegistry) -> None:
        self._registry, self.engines = registry, WarmUpHooks(registry)
        self.loaded, self.failures = registry.loaded, registry.failures

    @classmethod
    def load(cls, disabled: Collection[str] = (), entry_points: Iterable[metadata.EntryPoint] | None = None) -> Self:
        """Load the plugins of `entry_points`, by default all installed ones, without those in `disabled`."""
        return cls(PluginRegistry(find_plugins(entry_points, disabled)))

    @property
    def running_plugin(self) -> str | None:
        """Name of the plugin whose hook runs, or raised the last exception; else None."""
        return self._registry.running_plugin

    def platforms(self) -> dict[str, Platform]:
        """Return the platforms in use by plugin name."""
        return self._registry.platforms()

    def configure(self, plugin: str, settings: object) -> None:
        """Give a plugin the operator's settings, an object of its own class, instead of the default ones."""
        self.loaded[plugin] = attrs.evolve(self.loaded[plugin], settings=settings)

    def get_settings(self, plugin: str) -> object:
        """Return the settings of a plugin; None if it declares none, or if it is not in use."""
        return self.loaded[plugin].settings if plugin in self.loaded else None

    def remove(self, plugin: str, reason: str) -> None:
        """Stop using a plugin, and record the reason as a failure."""
        self._registry.remove(plugin, reason)

    def check_health(self, has_cookies: Callable[[str], bool]) -> tuple[HealthHint, ...]:
        """Return what every plugin says about its state; `has_cookies` knows whether a plugin has usable cookies."""
        hooks = self._registry.iterate_implementations("bossbot_check_health")
        return tuple(call_health_hooks(hooks, self.get_settings, has_cookies))

    def match(self, link: Link, *, loads_engines: bool = True) -> tuple[MatchResult, ...]:
        """Return the answer of every platform plugin to `link`; an exception becomes the result's `error`.

        Unless `loads_engines`, a hook's time is limited, and the answer of a cold plugin may be "undecided".
        """
        guarded, limit_s = ((), None) if loads_engines else (self.engines.cold, MATCH_LIMIT_S)
        platforms = self.platforms()
        return tuple(
            call_match_hook(name, platforms[name], function, link, is_guarded=name in guarded, limit_s=limit_s)
            for name, function in self._registry.iterate_implementations("bossbot_match_url")
        )

    def download(self, plugin: str, request: DownloadRequest) -> DownloadResult:
        """Call the download hook of one plugin.

        Raises:
            InternalError: The plugin did not return a `DownloadResult` with files; PluginError if it is not in use.
        """
        download = self._registry.get_implementation(plugin, "bossbot_download")
        return check_download_result(plugin, download(request=request))

    def inspect_file(self, file: FileToInspect, plugins: Iterable[str]) -> FileFacts:
        """Return the facts of the named plugins about `file`; raises PluginError when one of them is not in use."""
        name = "bossbot_inspect_file"
        hooks = ((plugin, self._registry.get_implementation(plugin, name)) for plugin in plugins)
        return call_inspection_hooks(hooks, file, self.get_settings)

    def post_process(self, request: PostProcessRequest) -> PostProcessResult:
        """Call every post-processing plugin in turn, with its own settings and the files of the previous one."""
        hooks = self._registry.iterate_implementations("bossbot_post_process")
        return chain_steps(request, (self._build_step(plugin, function) for plugin, function in hooks))

    def plan_post_process(self, request: PostProcessRequest) -> PostProcessPlan | None:
        """Return what every post-processing plugin would do with the files; None when one of them has to be called."""
        named = [name for name, plugin in self.loaded.items() if "bossbot_post_process" in plugin.hooks]
        find = self._registry.find_implementation
        hooks = ((name, find(name, "bossbot_plan_post_process")) for name in named)
        return merge_plans(request, hooks, self.get_settings)

    def _build_step(self, plugin: str, function: Callable[..., object]) -> PostProcessHook:
        call = check_returns(plugin, "bossbot_post_process", function, PostProcessResult)
        return lambda request: call(request=attrs.evolve(request, settings=self.get_settings(plugin)))

    def register_cli(self, app: "typer.Typer") -> None:
        """Let plugins add commands to `boss-bot`; a failure is recorded, and the plugin's commands are missing."""
        for name, function in self._registry.iterate_implementations("bossbot_register_cli"):
            try:
                function(app=app)
            except (Exception, SystemExit) as exc:  # noqa: BLE001 - a third party's command must not break the others
                self._registry.add_failure(name, self.loaded[name].distribution, f"cannot add its commands: {exc}")
