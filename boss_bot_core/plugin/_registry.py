"""The second step of loading: registers plugins with pluggy, and records the ones in use and the failed ones."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import attrs
import pluggy

from boss_bot_core.errors import PluginError
from boss_bot_core.plugin import download_spec, spec
from boss_bot_core.plugin.contract import check_hooks, check_platform
from boss_bot_core.plugin.declared_settings import build_default_settings
from boss_bot_core.plugin.loader import EntryPointPlugin, PluginFailure
from boss_bot_core.plugin.matching import Platform


@attrs.frozen(kw_only=True)
class LoadedPlugin:
    """A plugin in use.

    Attributes:
        name: Name of its entry point.
        distribution: Name of its distribution, which an operator installs with pip; `boss-bot-core` for a built-in one.
        version: Version of the distribution.
        platform: The platform that the plugin describes, or None if it is no platform.
        hooks: Names of the hooks that it implements.
        settings: Its own settings; None if it declares none.
    """

    name: str
    distribution: str
    version: str
    platform: Platform | None
    hooks: tuple[str, ...]
    settings: object = attrs.field(default=None, repr=False)


class PluginRegistry:
    """The registered plugins, their hook implementations, and the failures.

    Args:
        found: The plugins to register, and the failures to record.

    Attributes:
        loaded: Plugins in use, by name, in order of registration.
        failures: Plugins that are installed but not in use.
        running_plugin: The plugin whose hook runs, or raised the last exception; else None.
    """

    def __init__(self, found: Iterable[EntryPointPlugin | PluginFailure]) -> None:
        self._pluggy = pluggy.PluginManager(spec.PROJECT_NAME)
        for hooks in (spec, download_spec):
            self._pluggy.add_hookspecs(hooks)
        self.loaded: dict[str, LoadedPlugin] = {}
        self.failures: list[PluginFailure] = []
        self.running_plugin: str | None = None
        for each in found:
            if isinstance(each, EntryPointPlugin):
                self._add(each)
            else:
                self.failures.append(each)

    def platforms(self) -> dict[str, Platform]:
        """Return the platforms in use by plugin name."""
        return {name: plugin.platform for name, plugin in self.loaded.items() if plugin.platform is not None}

    def _add(self, plugin: EntryPointPlugin) -> None:
        """Register a plugin, or record why it breaks the contract."""
        try:
            self._pluggy.register(plugin.module, plugin.name)
            hooks = check_hooks(self._pluggy, plugin.module)
            platform = check_platform(plugin.module, hooks, self.platforms())
            declare = self.find_implementation(plugin.name, "bossbot_settings")
            settings = None if declare is None else build_default_settings(declare())
            described = {"name": plugin.name, "distribution": plugin.distribution, "version": plugin.version}
            self.loaded[plugin.name] = LoadedPlugin(**described, platform=platform, hooks=hooks, settings=settings)
        except (Exception, SystemExit) as exc:  # noqa: BLE001 - a third party's plugin must not end the bot
            self._pluggy.unregister(name=plugin.name)
            self.add_failure(plugin.name, plugin.distribution, str(exc))

    def remove(self, name: str, reason: str) -> None:
        """Unregister a plugin, and record the reason."""
        self._pluggy.unregister(name=name)
        self.add_failure(name, self.loaded.pop(name).distribution, reason)

    def add_failure(self, name: str, distribution: str, reason: str) -> None:
        """Record why a plugin, or a part of it, is not in use."""
        self.failures.append(PluginFailure(name=name, distribution=distribution, reason=reason))

    def iterate_implementations(self, hook: str) -> Iterator[tuple[str, Callable[..., Any]]]:
        """Yield the name and the function of every plugin that implements `hook`, in order of registration."""
        for implementation in getattr(self._pluggy.hook, hook).get_hookimpls():
            self.running_plugin = implementation.plugin_name
            yield implementation.plugin_name, implementation.function
        self.running_plugin = None

    def get_implementation(self, plugin: str, hook: str) -> Callable[..., Any]:
        """Return one plugin's function for `hook`.

        Raises:
            PluginError: The plugin is not in use, or does not implement the hook.
        """
        found = self.find_implementation(plugin, hook)
        if found is None:
            raise PluginError(f"No plugin {plugin!r} with {hook} is in use here.")
        self.running_plugin = plugin
        return found

    def find_implementation(self, plugin: str, hook: str) -> Callable[..., Any] | None:
        """Return one plugin's function for `hook`, or None if it does not implement the hook."""
        return dict(self.iterate_implementations(hook)).get(plugin)
