"""The installed plugins as the bot loads them, and the modules that an import of a plugin loads.

The conformance suite uses this module; it starts neither a proxy nor a zygote, which `plugin_runner` needs.
"""

import functools
import subprocess
import sys
import warnings

from boss_bot_core.plugin.manager import PluginManager

HEAVY_MODULES = frozenset(
    {"aiohttp", "curl_cffi", "gallery_dl", "httpx", "playwright", "requests", "selenium", "yt_dlp"}
)
"""Packages that no plugin may import at module level, because the bot imports the plugin's module."""


def list_imported_modules(module: str) -> frozenset[str]:
    """Return the names of all modules that a new Python process has loaded after the import of `module`.

    Args:
        module: The module that an entry point names, without its attribute.

    Raises:
        subprocess.CalledProcessError: The module cannot be imported.
    """
    code = f"import sys, importlib; importlib.import_module({module!r}); print(*sys.modules)"
    # The command is this Python interpreter, with a module name that comes from an entry point.
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    return frozenset(done.stdout.split())


@functools.cache
def load_warm_plugins() -> PluginManager:
    """Return the installed plugins, warmed up once for all tests of this process."""
    manager = PluginManager.load()
    with warnings.catch_warnings():
        # The plugin author cannot fix the deprecation warnings of an engine.
        warnings.simplefilter("ignore")
        manager.engines.warm_up(manager.engines.cold)
    return manager
