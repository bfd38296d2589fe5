"""Typed calls of the hooks: nobody else writes `.hook.`.

Hooks are called plugin by plugin, so that one plugin's exception is that plugin's failure and nobody else's.
"""

from collections.abc import Collection, Iterable
from importlib import metadata
from typing import TYPE_CHECKING, Any, Self

import attrs

from boss_bot_core.domain.link import Link
from boss_bot_core.errors import PluginError
from boss_bot_core.plugin._registry import PluginRegistry
from boss_bot_core.plugin.contract import claim_of
from boss_bot_core.plugin.download import DownloadRequest, DownloadResult
from boss_bot_core.plugin.loaded import Claim, LoadedPlugin, PluginFailure
from boss_bot_core.plugin.loader import EntryPointPlugin, find_plugins, installed_entry_points
from boss_bot_core.plugin.matching import Platform
from boss_bot_core.plugin.stages import (
    FileFacts,
    FileToInspect,
    PostProcessRequest,
    PostProcessResult,
    chained,
    untouched,
)

if TYPE_CHECKING:
    import typer


class PluginManager:
    """The plugins in use, each hook as a method."""

    def __init__(self, registration: PluginRegistry) -> None:
        self._plugins = registration

    @classmethod
    def load(cls, disabled: Collection[str] = (), entry_points: Iterable[metadata.EntryPoint] | None = None) -> Self:
        """Load what is installed (or `entry_points` instead), but for the `disabled` names."""
        registration = PluginRegistry()
        for found in find_plugins(installed_entry_points() if entry_points is None else entry_points, disabled):
            if isinstance(found, EntryPointPlugin):
                registration.add(found)
            else:
                registration.failures.append(found)
        return cls(registration)

    @property
    def loaded(self) -> dict[str, LoadedPlugin]:
        """Plugins in use, by name."""
        return self._plugins.loaded

    @property
    def failures(self) -> list[PluginFailure]:
        """Plugins that are installed and not in use."""
        return self._plugins.failures

    def platforms(self) -> dict[str, Platform]:
        """Return the platforms in use by plugin name."""
        return self._plugins.platforms()

    def warm_up(self) -> None:
        """Warm every engine; a plugin that cannot be warmed goes out of use, with the failure recorded."""
        for name, function in list(self._plugins.implementations("bossbot_warm_up")):
            try:
                function()
            except (Exception, SystemExit) as exc:  # noqa: BLE001 - one engine that cannot start must not stop the others
                self._plugins.drop(name, f"cannot be warmed up: {type(exc).__name__}: {exc}")

    def match(self, link: Link) -> tuple[Claim, ...]:
        """Ask every platform whether it knows `link`; an exception counts as "no", and is told."""
        platforms = self._plugins.implementations("bossbot_match_url")
        return tuple(claim_of(name, function, link) for name, function in platforms)

    def download(self, plugin: str, request: DownloadRequest) -> DownloadResult:
        """Run the chosen plugin's download.

        Raises:
            PluginError: It has no download hook, or returns something else than a `DownloadResult` with files.
        """
        result = self._plugins.implementation(plugin, "bossbot_download")(request=request)
        if not isinstance(result, DownloadResult) or not result.files:
            raise PluginError(f"Plugin {plugin!r} returned {result!r} instead of a DownloadResult with files.")
        return result

    def inspect_file(self, file: FileToInspect) -> FileFacts:
        """Let every inspecting plugin look at `file`; later facts fill the gaps of earlier ones."""
        known: dict[str, Any] = {}
        for _, function in self._plugins.implementations("bossbot_inspect_file"):
            facts = function(file=file)
            said = {} if facts is None else attrs.asdict(facts)
            known.update({field: value for field, value in said.items() if known.get(field) is None})
        return FileFacts(**known)

    def post_process(self, request: PostProcessRequest) -> PostProcessResult:
        """Let every post-processing plugin work on the request's files, each on what the one before it returned."""
        result = untouched(request)
        for _, function in self._plugins.implementations("bossbot_post_process"):
            step = function(request=attrs.evolve(request, files=tuple(file.path for file in result.files)))
            result = result if step is None else chained(result, step)
        return result

    @property
    def has_post_processing(self) -> bool:
        """Whether any plugin post-processes files."""
        return any(self._plugins.implementations("bossbot_post_process"))

    def register_cli(self, app: "typer.Typer") -> None:
        """Let plugins add commands; one that cannot is recorded, and its commands are missing."""
        for name, function in self._plugins.implementations("bossbot_register_cli"):
            try:
                function(app=app)
            except (Exception, SystemExit) as exc:  # noqa: BLE001 - a third party's command must not break the others
                self._plugins.refuse(name, self.loaded[name].distribution, f"cannot add its commands: {exc}")
