"""What importing a plugin costs the bot, and the plugins as the zygote has them."""

import functools
import subprocess
import sys
import warnings

from boss_bot_core.plugin.manager import PluginManager

HEAVY_MODULES = frozenset(
    {"aiohttp", "curl_cffi", "gallery_dl", "httpx", "playwright", "requests", "selenium", "yt_dlp"}
)
"""What no plugin module may import at its top: it is loaded in the bot."""


def list_imported_modules(module: str) -> frozenset[str]:
    """Return the names of all modules that are loaded once `module` is.

    Raises:
        subprocess.CalledProcessError: It cannot be imported.
    """
    code = f"import sys, importlib; importlib.import_module({module!r}); print(*sys.modules)"
    # This Python, and a module's name that came from an entry point.
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    return frozenset(done.stdout.split())


@functools.cache
def load_warm_plugins() -> PluginManager:
    """Return the installed plugins, warmed up once for all tests of this process."""
    manager = PluginManager.load()
    with warnings.catch_warnings():
        # An engine's own deprecations are not the plugin author's failure.
        warnings.simplefilter("ignore")
        manager.warm_up()
    return manager
