"""What plugins say about their state: sentences, and the failures of the hook itself."""

import sys
from collections.abc import Callable
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from boss_bot_core.plugin import Secret
from boss_bot_core.plugin.loader import ENTRY_POINT_GROUP
from boss_bot_core.plugin.manager import PluginManager

SOURCE = """
import attrs
from boss_bot_core.plugin import HealthRequest, Secret, hookimpl

@attrs.frozen(kw_only=True)
class StateSettings:
    api_key: Secret | None = None

@hookimpl
def bossbot_settings():
    return StateSettings

@hookimpl
def bossbot_check_health(request: HealthRequest[StateSettings]) -> tuple[str, ...]:
    {body}
"""

LoadPlugin = Callable[[str], PluginManager]


@pytest.fixture
def load_plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LoadPlugin:
    """Return a function that loads a plugin whose health hook has this body."""
    monkeypatch.syspath_prepend(tmp_path)

    def load(body: str) -> PluginManager:
        (tmp_path / "state_plugin.py").write_text(SOURCE.format(body=body))
        sys.modules.pop("state_plugin", None)
        return PluginManager.load(entry_points=[EntryPoint("state", "state_plugin", ENTRY_POINT_GROUP)])

    return load


def check(plugins: PluginManager, *, has_cookies: bool = False) -> list[str]:
    hints = plugins.check_health(lambda _: has_cookies)
    assert {hint.plugin for hint in hints} <= {"state"}
    return [hint.text for hint in hints]


def test_a_plugin_knows_whether_it_has_cookies(load_plugin: LoadPlugin) -> None:
    plugins = load_plugin("return () if request.has_cookies else ('There are no cookies.', 'Posts are refused.')")
    assert check(plugins) == ["There are no cookies.", "Posts are refused."]
    assert check(plugins, has_cookies=True) == []


def test_a_plugin_knows_its_settings_and_their_secrets_are_hidden(load_plugin: LoadPlugin) -> None:
    plugins = load_plugin("return (f'The key is {request.settings.api_key.get_secret_value()}.',)")
    settings = plugins.get_settings("state")
    plugins.configure("state", type(settings)(api_key=Secret("k3y-of-the-site")))  # type: ignore[call-arg]
    assert check(plugins) == ["The key is ***."]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("raise KeyError('version')", "its health check failed: KeyError: 'version'"),
        ("raise SystemExit(1)", "its health check failed: SystemExit: 1"),
        ("return 'fine'", "its health check returned 'fine' instead of a tuple of sentences"),
        ("return (1,)", "its health check returned (1,) instead of a tuple of sentences"),
    ],
)
def test_a_failure_of_the_hook_is_told_and_the_plugin_stays_in_use(
    load_plugin: LoadPlugin, body: str, text: str
) -> None:
    plugins = load_plugin(body)
    assert check(plugins) == [text]
    assert "state" in plugins.loaded


def test_only_a_few_short_lines_of_a_plugin_are_shown(load_plugin: LoadPlugin) -> None:
    assert check(load_plugin(r"return ('a\nb', 'x' * 1000) * 10")) == ["a b", "x" * 300] * 2 + ["a b"]
