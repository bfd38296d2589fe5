"""The pytest plugin: fixtures for plugin authors.

pytest loads this module in every project that has Boss-Bot installed, so the fixtures import their modules only when a
test uses them.
"""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from boss_bot_core.plugin.manager import PluginManager
    from boss_bot_core.testing.plugin_runner import PluginRunner


@pytest.fixture
def boss_bot_plugins() -> "PluginManager":
    """Return the installed plugins, loaded as the bot loads them."""
    from boss_bot_core.plugin.manager import PluginManager  # noqa: PLC0415 - see the module's docstring

    return PluginManager.load()


@pytest.fixture
def boss_bot_runner(tmp_path: "Path") -> "PluginRunner":
    """Return a runner for downloads in a real, confined worker; `attrs.evolve` it to set your server's addresses."""
    from boss_bot_core.testing.plugin_runner import PluginRunner  # noqa: PLC0415 - see the module's docstring

    folder = tmp_path / "download"
    folder.mkdir()
    return PluginRunner(folder=folder)
