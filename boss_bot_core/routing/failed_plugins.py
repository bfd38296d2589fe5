"""Plugins that failed: they are named when a link that they might have taken ends with nothing."""

from collections.abc import Collection

from boss_bot_core.errors import DownloadFailedError, NothingFoundError, UnsupportedUrlError
from boss_bot_core.plugin.manager import PluginManager

_MATCH_HOOK = "bossbot_match_url"


def list_expected_plugins(plugins: PluginManager) -> frozenset[str]:
    """Return the names of the plugins that should answer to a link.

    A plugin that failed to load counts too, because nobody knows which links it would have taken.
    """
    failed = {failure.name for failure in plugins.failures if not failure.disabled and failure.distribution != "none"}
    return frozenset({name for name, plugin in plugins.loaded.items() if _MATCH_HOOK in plugin.hooks} | failed)


def name_failed_plugins(error: DownloadFailedError, failed: Collection[str]) -> DownloadFailedError:
    """Return the error of a link without media, with the plugins that were not asked; any other error as it is."""
    if not failed or not isinstance(error, NothingFoundError | UnsupportedUrlError):
        return error
    names = " and ".join(failed)
    advice = "Tell the bot's operator; `boss-bot plugins` shows the reason."
    return type(error)(f"{error.message} Not asked, because it failed: {names}.", advice=advice)
