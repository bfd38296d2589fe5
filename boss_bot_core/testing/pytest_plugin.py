"""The pytest plugin: fixtures for plugin authors.

pytest loads it in every project that has Boss-Bot installed, so nothing heavy is imported before a fixture is used.
"""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from boss_bot_core.plugin.manager import PluginManager


@pytest.fixture
def boss_bot_plugins() -> "PluginManager":
    """The installed plugins, loaded as the bot loads them."""
    from boss_bot_core.plugin.manager import PluginManager  # noqa: PLC0415 - see the module's docstring

    return PluginManager.load()
