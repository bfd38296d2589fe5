"""`WarmUpHooks`: calls the warm-up hooks, each once."""

from collections.abc import Collection

from boss_bot_core.plugin._registry import PluginRegistry
from boss_bot_core.plugin.requirements import describe_failure

_WARM_UP = "bossbot_warm_up"


class WarmUpHooks:
    """Calls the warm-up hooks, each once: of all plugins, or of those that a link needs."""

    def __init__(self, registry: PluginRegistry) -> None:
        self._registry = registry
        self._warm: set[str] = set()

    @property
    def cold(self) -> tuple[str, ...]:
        """Plugins in use whose warm-up has not run."""
        return tuple(name for name, _ in self._registry.iterate_implementations(_WARM_UP) if name not in self._warm)

    def warm_up(self, plugins: Collection[str]) -> None:
        """Warm up the cold ones of these plugins; one whose warm-up fails is removed, and the failure is recorded."""
        for name, function in list(self._registry.iterate_implementations(_WARM_UP)):
            if name in self._warm or name not in plugins:
                continue
            self._warm.add(name)
            try:
                function()
            except (Exception, SystemExit) as exc:  # noqa: BLE001 - one engine that cannot start must not stop the others
                self._registry.remove(name, describe_failure("warmed up", exc))
