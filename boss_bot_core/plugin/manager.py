"""`PluginManager`: loads the plugins and calls their hooks, each hook through one typed method.

No other module calls a hook. Each plugin is called on its own, so that an exception fails only this plugin.
"""

from collections.abc import Collection, Iterable
from importlib import metadata
from typing import TYPE_CHECKING, Any, Self

import attrs

from boss_bot_core.domain.link import Link
from boss_bot_core.plugin._registry import PluginRegistry, WarmUpHooks
from boss_bot_core.plugin.contract import call_match_hook
from boss_bot_core.plugin.download import DownloadRequest
from boss_bot_core.plugin.download_result import DownloadResult
from boss_bot_core.plugin.hook_limit import MATCH_LIMIT_S
from boss_bot_core.plugin.hook_results import check_download_result, check_type
from boss_bot_core.plugin.loader import EntryPointPlugin, find_plugins, installed_entry_points
from boss_bot_core.plugin.matching import MatchResult, Platform
from boss_bot_core.plugin.stages import (
    FileFacts,
    FileToInspect,
    PostProcessRequest,
    PostProcessResult,
    build_unchanged_result,
    chain_results,
)

if TYPE_CHECKING:
    import typer


class PluginManager:
    """The plugins, with a method for each hook.

    Attributes:
        loaded: Plugins in use, by name.
        failures: Plugins that are installed but not in use.
        engines: Warms up their engines.
    """

    def __init__(self, registry: PluginRegistry) -> None:
        self._registry, self.engines = registry, WarmUpHooks(registry)
        self.loaded, self.failures = registry.loaded, registry.failures

    @classmethod
    def load(cls, disabled: Collection[str] = (), entry_points: Iterable[metadata.EntryPoint] | None = None) -> Self:
        """Load the plugins of `entry_points`, by default all installed ones, without those in `disabled`."""
        registry = PluginRegistry()
        for found in find_plugins(installed_entry_points() if entry_points is None else entry_points, disabled):
            if isinstance(found, EntryPointPlugin):
                registry.add(found)
            else:
                registry.failures.append(found)
        return cls(registry)

    @property
    def running_plugin(self) -> str | None:
        """Name of the plugin whose hook runs, or raised the last exception; else None."""
        return self._registry.running_plugin

    def platforms(self) -> dict[str, Platform]:
        """Return the platforms in use by plugin name."""
        return self._registry.platforms()

    def match(self, link: Link, *, loads_engines: bool = True) -> tuple[MatchResult, ...]:
        """Return the answer of every platform plugin to `link`; an exception becomes the result's `error`.

        Args:
            link: The link.
            loads_engines: Whether a hook may take the time to import its engine; otherwise its time is limited, and a
                cold plugin's answer may be "undecided".
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

    def inspect_file(self, file: FileToInspect) -> FileFacts:
        """Return the facts of all inspecting plugins about `file`; a later plugin only fills in missing facts."""
        known: dict[str, Any] = {}
        for name, function in self._registry.iterate_implementations("bossbot_inspect_file"):
            returned = function(file=file)
            facts = FileFacts() if returned is None else check_type(name, "bossbot_inspect_file", returned, FileFacts)
            known.update({field: value for field, value in attrs.asdict(facts).items() if known.get(field) is None})
        return FileFacts(**known)

    def post_process(self, request: PostProcessRequest) -> PostProcessResult:
        """Call every post-processing plugin in turn; each gets the files that the previous one returned."""
        result = build_unchanged_result(request)
        for name, function in self._registry.iterate_implementations("bossbot_post_process"):
            step = function(request=attrs.evolve(request, files=tuple(file.path for file in result.files)))
            if step is not None:
                result = chain_results(result, check_type(name, "bossbot_post_process", step, PostProcessResult))
        return result

    @property
    def has_post_processing(self) -> bool:
        """Whether any plugin post-processes files."""
        return any("bossbot_post_process" in plugin.hooks for plugin in self.loaded.values())

    def register_cli(self, app: "typer.Typer") -> None:
        """Let plugins add commands to `boss-bot`; a failure is recorded, and the plugin's commands are missing."""
        for name, function in self._registry.iterate_implementations("bossbot_register_cli"):
            try:
                function(app=app)
            except (Exception, SystemExit) as exc:  # noqa: BLE001 - a third party's command must not break the others
                self._registry.add_failure(name, self.loaded[name].distribution, f"cannot add its commands: {exc}")
