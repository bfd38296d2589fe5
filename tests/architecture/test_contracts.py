"""Facts that several places state agree: hooks, settings, error codes, commands, versions, licences."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import boss_bot_core
from boss_bot_core.cli.app import build_app
from boss_bot_core.plugin import download_spec, spec
from boss_bot_core.plugin.manager import PluginManager
from boss_bot_core.settings import describe_settings
from tests.architecture.sources import CORE, DOCS, PLUGINS, ROOT, core_modules, modules_of_tests, tree
from tests.architecture.test_layers import MAY_READ_SETTINGS

HOOKS = sorted(name for name in (*vars(spec), *vars(download_spec)) if name.startswith("bossbot_"))

LICENCES = {
    "boss-bot-clamav": "MIT",
    "boss-bot-core": "MIT",
    "boss-bot-gallerydl": "GPL-2.0-only",
    "boss-bot-media": "MIT",
    "boss-bot-reddit": "GPL-2.0-only",
    "boss-bot-sandbox": "MIT",
    "boss-bot-twitter": "GPL-2.0-only",
    "boss-bot-ytdlp": "MIT",
}
"""gallery-dl is GPL-2.0-only, and so is code that uses its internals; yt-dlp is in the public domain."""


@pytest.mark.parametrize("hook", HOOKS)
def test_every_hook_is_documented(hook: str) -> None:
    reference = (DOCS / "plugins" / "hooks.md").read_text()
    assert f"### `{hook}" in reference


@pytest.mark.parametrize("hook", HOOKS)
def test_every_hook_is_implemented_or_called_by_a_test(hook: str) -> None:
    method = hook.removeprefix("bossbot_")
    assert any({hook, method} & names_used_in(path) for path in modules_of_tests())


def names_used_in(path: Path) -> set[str]:
    nodes = list(ast.walk(tree(path)))
    defined = {node.name for node in nodes if isinstance(node, ast.FunctionDef)}
    called = {node.func.attr for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)}
    return defined | called


def test_every_setting_is_read_by_an_outer_package() -> None:
    names = {row.name for row in describe_settings()}
    unread = {name for name in names if not set(spellings(name)) & names_read_outside_the_settings()}
    assert unread == set()


def spellings(setting: str) -> Iterator[str]:
    """Yield the names under which a setting is read: its own, and those of properties computed from it."""
    yield setting
    for path in sorted((CORE / "settings").glob("*.py")):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef) and setting in attributes_in(node):
                yield from () if node.name == setting else spellings(node.name)


def names_read_outside_the_settings() -> set[str]:
    readers = [path for path in core_modules() if path.relative_to(CORE).parts[0] in MAY_READ_SETTINGS - {"settings"}]
    return set().union(*(attributes_in(tree(path)) for path in readers if ".settings" in path.read_text()))


def attributes_in(node: ast.AST) -> set[str]:
    return {
        found.attr if isinstance(found, ast.Attribute) else found.id
        for found in ast.walk(node)
        if isinstance(found, ast.Attribute | ast.Name) and isinstance(found.ctx, ast.Load)
    }


def test_no_two_commands_of_the_command_line_have_one_name() -> None:
    app = build_app(PluginManager.load())
    names = [command.name for command in app.registered_commands]
    names += [group.name for group in app.registered_groups]
    assert len(names) == len(set(names)), names


def test_no_two_platforms_share_a_name_or_a_command() -> None:
    platforms = list(PluginManager.load().platforms().values())
    aliases = [platform.alias for platform in platforms if platform.alias]
    assert len({platform.name for platform in platforms}) == len(platforms)
    assert len(set(aliases)) == len(aliases)


@pytest.mark.parametrize("kind", ["commands", "app_commands"])
def test_no_two_discord_commands_have_one_name(kind: str) -> None:
    names = [name for path in sorted((CORE / "bot").rglob("*.py")) for name in discord_commands(path, kind)]
    if kind == "commands":
        names += [platform.alias for platform in PluginManager.load().platforms().values() if platform.alias]
    assert len(names) > 3
    assert sorted(names) == sorted(set(names))


def discord_commands(path: Path, kind: str) -> Iterator[str]:
    """Yield the names and aliases that a module sets with `@commands.command` or `@app_commands.command`."""
    functions = [node for node in ast.walk(tree(path)) if isinstance(node, ast.AsyncFunctionDef)]
    for function in functions:
        for call in function.decorator_list:
            if isinstance(call, ast.Call) and ast.unparse(call.func) == f"{kind}.command":
                given = {keyword.arg: ast.literal_eval(keyword.value) for keyword in named(call)}
                yield given.get("name", function.name)
                yield from given.get("aliases", ())


def named(call: ast.Call) -> list[ast.keyword]:
    return [keyword for keyword in call.keywords if keyword.arg in {"name", "aliases"}]


def test_every_installed_plugin_loads() -> None:
    assert PluginManager.load().failures == []


def projects() -> dict[str, dict[str, object]]:
    files = [ROOT / "pyproject.toml", *(plugin / "pyproject.toml" for plugin in PLUGINS)]
    found = [tomllib.loads(file.read_text())["project"] for file in files]
    return {project["name"]: project for project in found}


def test_every_distribution_declares_its_licence() -> None:
    assert {name: project["license"] for name, project in projects().items()} == LICENCES


def test_all_distributions_have_one_version() -> None:
    versions = {name: project["version"] for name, project in projects().items()}
    assert set(versions.values()) == {boss_bot_core.__version__}, versions
    assert f"## [{boss_bot_core.__version__}]" in (ROOT / "CHANGELOG.md").read_text()


def test_every_distribution_supports_the_same_pythons() -> None:
    assert len({str(project["requires-python"]) for project in projects().values()}) == 1
