"""The pytest plugin: fixtures for plugin authors.

pytest loads this module in every project that has Boss-Bot installed, so the fixtures import their modules only when a
test uses them.
"""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from respx import MockRouter

    from boss_bot_core.plugin.manager import PluginManager
    from boss_bot_core.testing.hook_request import RequestBuilder
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


@pytest.fixture
def boss_bot_request(tmp_path: "Path") -> "RequestBuilder":
    """Return a function that builds requests for a download hook that the test calls itself."""
    from boss_bot_core.testing.hook_request import RequestBuilder  # noqa: PLC0415 - see the module's docstring

    directory = tmp_path / "download"
    directory.mkdir(exist_ok=True)
    return RequestBuilder(directory=directory)


@pytest.fixture
def boss_bot_site(monkeypatch: pytest.MonkeyPatch) -> "Iterator[MockRouter]":
    """Return a respx router that answers `request.http` in place of the internet; retries come without pauses.

    The test fails if a route is not requested, or if a request has no route.
    """
    import respx  # noqa: PLC0415 - see the module's docstring

    from boss_bot_core.plugin import http_retry  # noqa: PLC0415 - see the module's docstring

    monkeypatch.setattr(http_retry, "sleep", lambda _: None)
    with respx.mock(assert_all_called=True) as router:
        yield router
