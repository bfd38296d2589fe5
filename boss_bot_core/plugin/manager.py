"""`PluginManager`: loads the plugins and calls their hooks, each hook through one typed method.

No other module calls a hook. Hooks are called plugin by plugin, so that an exception fails only the plugin that raised
it.
"""

from collections.abc import Collection, Iterable
from importlib import metadata
from typing import TYPE_CHECKING, Any, Self

import attrs

from boss_bot_core.domain.link import Link
from boss_bot_core.errors import PluginError
from boss_bot_core.plugin._registry import LoadedPlugin, PluginRegistry, WarmUpHooks
from boss_bot_core.plugin.contract import call_match_hook
from boss_bot_core.plugin.download import DownloadRequest
from boss_bot_core.plugin.download_result import DownloadResult
from boss_bot_core.plugin.loader import EntryPointPlugin, PluginFailure, find_plugins, installed_entry_points
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
    """The plugins in use, with a method for each hook; `engines` warms up their engines."""

    def __init__(self, registry: PluginRegistry) -> None:
        self._registry = registry
        self.engines = WarmUpHooks(registry)

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
    def loaded(self) -> dict[str, LoadedPlugin]:
        """Plugins in use, by name."""
        return self._registry.loaded

    @property
    def failures(self) -> list[PluginFailure]:
        """Plugins that are installed but not in use."""
        return self._registry.failures

    def platforms(self) -> dict[str, Platform]:
        """Return the platforms in use by plugin name."""
        return self._registry.platforms()

    def match(self, link: Link, *, loads_engines: bool = True) -> tuple[MatchResult, ...]:
        """Return the answer of every platform plugin to `link`; an exception becomes the result's `error`.

        Args:
            link: The link.
            loads_engines: Whether a cold plugin may import its engine; otherwise its answer may be "undecided".
        """
        guarded = () if loads_engines else self.engines.cold
        platforms = self.platforms()
        return tuple(
            call_match_hook(name, platforms[name], function, link, is_guarded=name in guarded)
            for name, function in self._registry.iterate_implementations("bossbot_match_url")
        )

    def download(self, plugin: str, request: DownloadRequest) -> DownloadResult:
        """Call the download hook of one plugin.

        Raises:
            PluginError: The plugin has no download hook, or did not return a `DownloadResult` with files.
        """
        result = self._registry.get_implementation(plugin, "bossbot_download")(request=request)
        if not isinstance(result, DownloadResult) or not result.files:
            raise PluginError(f"Plugin {plugin!r} returned {result!r} instead of a DownloadResult with files.")
        return result

    def inspect_file(self, file: FileToInspect) -> FileFacts:
        """Return the facts of all inspecting plugins about `file`; a later plugin only fills in missing facts."""
        known: dict[str, Any] = {}
        for _, function in self._registry.iterate_implementations("bossbot_inspect_file"):
            facts = function(file=file)
            found = {} if facts is None else attrs.asdict(facts)
            known.update({field: value for field, value in found.items() if known.get(field) is None})
        return FileFacts(**known)

    def post_process(self, request: PostProcessRequest) -> PostProcessResult:
        """Call every post-processing plugin in turn; each gets the files that the previous one returned."""
        result = build_unchanged_result(request)
        for _, function in self._registry.iterate_implementations("bossbot_post_process"):
            step = function(request=attrs.evolve(request, files=tuple(file.path for file in result.files)))
            result = result if step is None else chain_results(result, step)
        return result

    @property
    def has_post_processing(self) -> bool:
        """Whether any plugin post-processes files."""
        return any(self._registry.iterate_implementations("bossbot_post_process"))

    def register_cli(self, app: "typer.Typer") -> None:
        """Let plugins add commands to `boss-bot`; a failure is recorded, and the plugin's commands are missing."""
        for name, function in self._registry.iterate_implementations("bossbot_register_cli"):
            try:
                function(app=app)
            except (Exception, SystemExit) as exc:  # noqa: BLE001 - a third party's command must not break the others
                self._registry.add_failure(name, self.loaded[name].distribution, f"cannot add its commands: {exc}")
