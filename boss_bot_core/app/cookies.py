"""Which cookie files nobody uses: only the plugins know which names there are, so the settings cannot refuse them."""

from collections.abc import Iterable

from boss_bot_core.plugin.manager import PluginManager
from boss_bot_core.settings import Settings


def unused_cookies(settings: Settings, plugins: PluginManager) -> Iterable[str]:
    """Yield one sentence for each name under `cookies` that no installed plugin has."""
    installed = {*plugins.loaded, *(failure.name for failure in plugins.failures)}
    for name in sorted(settings.download.cookies.keys() - installed):
        yield f"cookies has a file for {name!r}, but no plugin is called so: nobody uses it."
