"""What a `pyproject.toml` declares is used: imported by its own modules, or by a program or a setting that is named."""

import ast
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.sources import PLUGINS, ROOT, tree
from tests.architecture.test_packages import distribution_name

USED_BY_OTHERS = {
    "boss-bot-reddit": {"yt-dlp"},  # gallery-dl imports it for videos
    "boss-bot-ytdlp": {"requests"},  # yt-dlp imports it: one connection for all segments
    "boss-bot-sandbox": {"discord-py"},  # shares its package with dpytest
}
"""Dependencies that a plugin declares for its engine, which imports them if they are there."""

NAMED_IN = {
    "coverage": ("pyproject.toml", "[tool.coverage.run]"),
    "mkdocs-material": ("mkdocs.yml", "name: material"),
    "mypy": (".ci/run", "mypy"),
    "pre-commit": (".pre-commit-config.yaml", "repos:"),
    "pytest-cov": (".ci/run", "--cov"),
    "pytest-timeout": ("pyproject.toml", "\ntimeout = "),
    "pytest-xdist": ("pyproject.toml", "--numprocesses"),
    "ruff": (".ci/run", "ruff check"),
    "tox-uv": ("pyproject.toml", 'runner = "uv-venv-lock-runner"'),
}
"""Where a tool of a dependency group is run or set up, by its name."""

IMPORTED_BY_DISCORD = {"zstandard"}


def read_project(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "pyproject.toml").read_text())


def imported_distributions(*folders: Path) -> set[str]:
    """Return the names of the distributions that the modules below some folders import."""
    owners = metadata.packages_distributions()
    packages: set[str] = set()
    for path in (path for folder in folders for path in folder.rglob("*.py")):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Import):
                packages |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                packages.add(node.module.partition(".")[0])
            elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "importorskip":
                packages |= {str(arg.value) for arg in node.args if isinstance(arg, ast.Constant)}
    return {distribution_name(owner) for package in packages for owner in owners.get(package, ())}


@pytest.mark.parametrize("plugin", PLUGINS, ids=lambda plugin: plugin.name)
def test_a_plugin_uses_what_it_declares(plugin: Path) -> None:
    project = read_project(plugin)["project"]
    declared = {distribution_name(text) for text in project["dependencies"]}
    ours = {name for name in declared if name.startswith("boss-bot-")}
    imported = imported_distributions(plugin / "src")
    assert declared - ours - imported - USED_BY_OTHERS.get(project["name"], set()) == set()


def test_the_groups_of_developers_are_used() -> None:
    groups = read_project(ROOT)["dependency-groups"]
    texts = [text for name in ("test", "lint", "docs") for text in groups[name]]
    folders = (ROOT / "tests", ROOT / "docs", ROOT / "benchmarks", ROOT / "boss_bot_core", *PLUGINS)
    imported = imported_distributions(*folders) | IMPORTED_BY_DISCORD
    unused = {distribution_name(text.partition("[")[0]) for text in texts} - imported
    assert {name for name in unused if not is_named(name)} == set()


def is_named(tool: str) -> bool:
    """Return whether the file that sets the tool up, or runs it, says so."""
    file, text = NAMED_IN.get(tool, ("pyproject.toml", f"[tool.{tool}]"))
    return text in (ROOT / file).read_text()


@pytest.mark.parametrize("engine", ["yt-dlp", "gallery-dl", "yt-dlp-ejs"])
def test_an_engine_has_a_lower_bound_only(engine: str) -> None:
    texts: list[str] = []
    for plugin in PLUGINS:
        project = read_project(plugin)["project"]
        for requirements in (project["dependencies"], *project.get("optional-dependencies", {}).values()):
            texts += [text for text in requirements if distribution_name(text.partition("[")[0]) == engine]
    assert texts
    assert [text for text in texts if any(sign in text for sign in ("<", "==", "~=", "!="))] == []
