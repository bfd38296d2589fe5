"""The plugins in use behind pluggy: taking one in, refusing one with a reason, finding who implements a hook."""

from collections.abc import Callable, Iterator
from typing import Any

import pluggy

from boss_bot_core.errors import PluginError
from boss_bot_core.plugin import spec
from boss_bot_core.plugin.contract import checked_hooks, checked_platform
from boss_bot_core.plugin.loaded import LoadedPlugin, PluginFailure
from boss_bot_core.plugin.loader import EntryPointPlugin
from boss_bot_core.plugin.matching import Platform


class PluginRegistry:
    """What is registered, what is not, and why.

    Attributes:
        loaded: Plugins in use, by name, in order of registration.
        failures: Plugins that are installed and not in use.
    """

    def __init__(self) -> None:
        self._pm = pluggy.PluginManager(spec.PROJECT_NAME)
        self._pm.add_hookspecs(spec)
        self.loaded: dict[str, LoadedPlugin] = {}
        self.failures: list[PluginFailure] = []

    def platforms(self) -> dict[str, Platform]:
        """Return the platforms in use by plugin name."""
        return {name: plugin.platform for name, plugin in self.loaded.items() if plugin.platform is not None}

    def add(self, candidate: EntryPointPlugin) -> None:
        """Take a plugin into use, or record why it cannot be."""
        try:
            self._pm.register(candidate.module, candidate.name)
            hooks = checked_hooks(self._pm, candidate.module)
            platform = checked_platform(candidate.module, hooks, self.platforms())
        except (Exception, SystemExit) as exc:  # noqa: BLE001 - a third party's plugin must not end the bot
            self._pm.unregister(name=candidate.name)
            self.refuse(candidate.name, candidate.distribution, str(exc))
        else:
            self.loaded[candidate.name] = LoadedPlugin(
                name=candidate.name,
                distribution=candidate.distribution,
                version=candidate.version,
                platform=platform,
                hooks=hooks,
            )

    def drop(self, name: str, reason: str) -> None:
        """Take a plugin out of use, and record why."""
        self._pm.unregister(name=name)
        self.refuse(name, self.loaded.pop(name).distribution, reason)

    def refuse(self, name: str, distribution: str, reason: str) -> None:
        """Record why a plugin, or a part of it, is not in use."""
        self.failures.append(PluginFailure(name=name, distribution=distribution, reason=reason))

    def implementations(self, hook: str) -> Iterator[tuple[str, Callable[..., Any]]]:
        """Yield name and function of every plugin that implements `hook`, in order of registration."""
        for implementation in getattr(self._pm.hook, hook).get_hookimpls():
            yield implementation.plugin_name, implementation.function

    def implementation(self, plugin: str, hook: str) -> Callable[..., Any]:
        """Return one plugin's function for `hook`.

        Raises:
            PluginError: The plugin is not in use, or has no such hook.
        """
        for name, function in self.implementations(hook):
            if name == plugin:
                return function
        raise PluginError(f"No plugin {plugin!r} with {hook} is in use here.")
