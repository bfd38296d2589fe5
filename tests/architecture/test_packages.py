"""Each third-party package is imported in its own package of the core only, and plugins import only the contract."""

import tomllib
from importlib import metadata

import grimp
import pytest

from tests.architecture.sources import PLUGIN_PACKAGES, PLUGINS, ROOT

HOMES = {
    "alembic": ("database",),
    "sqlalchemy": ("database",),
    "discord": ("bot",),
    "pluggy": ("plugin",),
    "rich": ("cli",),
    "typer": ("cli",),
    "typed_settings": ("settings",),
    "platformdirs": ("settings",),
    "h11": ("egress",),
    "httpx": ("plugin",),
    "linkify_it": ("routing",),
    "yarl": ("routing", "bot"),
    "aiohttp": ("bot",),
    "av": ("verification",),
    "babel": ("bot",),
    "PIL": ("charts", "verification"),
    "pi_heif": ("verification",),
    "puremagic": ("verification",),
    "pytest": ("testing",),
    "respx": ("testing",),
}
"""The packages of the core that may import a third-party package."""

TEST_CLIENT = ("boss_bot_sandbox.discord.redirect", "boss_bot_sandbox.discord.testing")
"""The real client for tests against the local Discord; the local Discord itself uses no client library."""

ENGINES = ("gallery_dl", "yt_dlp")

BY_NAME = {"aiosqlite", "better-exceptions", "discord-py"}
"""Dependencies that no module imports under their own name: a driver, a formatter of tracebacks, discord.py."""

OPTIONAL = {"babel", "imageio-ffmpeg", "pi-heif", "pytest", "respx"}
"""Packages that are imported only if they are installed."""


@pytest.mark.parametrize("package", sorted(HOMES))
def test_a_third_party_package_is_imported_in_its_home_only(package: str, runtime_imports: grimp.ImportGraph) -> None:
    homes = tuple(f"boss_bot_core.{home}" for home in HOMES[package])
    wrong = [importer for importer in core_importers(runtime_imports, package) if not importer.startswith(homes)]
    assert wrong == []


def test_outside_the_cli_typer_is_only_a_type_in_the_contract(imports: grimp.ImportGraph) -> None:
    outside = [
        importer for importer in core_importers(imports, "typer") if not importer.startswith("boss_bot_core.cli")
    ]
    contract = ("command_setup", "manager", "spec")
    assert set(outside) == {f"boss_bot_core.plugin.{name}" for name in contract}


@pytest.mark.parametrize("engine", ENGINES)
def test_the_core_imports_no_engine(engine: str, imports: grimp.ImportGraph) -> None:
    assert core_importers(imports, engine) == []


def test_of_the_plugins_only_the_sandbox_s_test_client_imports_discord(imports: grimp.ImportGraph) -> None:
    importers = sorted(imports.find_modules_that_directly_import("discord"))
    assert [importer for importer in importers if not importer.startswith(("boss_bot_core", *TEST_CLIENT))] == []


@pytest.mark.parametrize("package", PLUGIN_PACKAGES)
def test_a_plugin_knows_the_core_by_its_contract_only(package: str, imports: grimp.ImportGraph) -> None:
    own = [module for module in sorted(imports.modules) if module.split(".")[0] == package]
    wrong = [
        f"{module} imports {imported}"
        for module in own
        for imported in sorted(imports.find_modules_directly_imported_by(module))
        if imported.split(".")[0] == "boss_bot_core" and imported != "boss_bot_core.plugin"
    ]
    assert wrong == []


def test_the_core_imports_what_it_declares_and_declares_what_it_imports(imports: grimp.ImportGraph) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    declared = {distribution_name(text) for text in project["dependencies"]}
    owners = metadata.packages_distributions()
    core = [module for module in imports.modules if module.split(".")[0] == "boss_bot_core"]
    packages = {imported for module in core for imported in imports.find_modules_directly_imported_by(module)}
    imported = [{distribution_name(owner) for owner in owners[package]} for package in packages & owners.keys()]
    # Several distributions may share a package, as discord.py and its test kit do: one of them has to be declared.
    undeclared = [found for found in imported if not found & (declared | OPTIONAL | {"boss-bot-core"})]
    assert undeclared == []
    assert declared - set().union(*imported) <= BY_NAME


def test_a_plugin_declares_the_core_and_every_plugin_it_is_built_on(imports: grimp.ImportGraph) -> None:
    for plugin in PLUGINS:
        project = tomllib.loads((plugin / "pyproject.toml").read_text())["project"]
        declared = {distribution_name(text).replace("-", "_") for text in project["dependencies"]}
        own = [module for module in imports.modules if module.split(".")[0] == plugin.name]
        used = {found.split(".")[0] for module in own for found in imports.find_modules_directly_imported_by(module)}
        ours = {package for package in used if package.startswith("boss_bot_")} - {plugin.name}
        assert ours <= declared, plugin.name


def core_importers(graph: grimp.ImportGraph, package: str) -> list[str]:
    if package not in graph.modules:
        return []
    importers = graph.find_modules_that_directly_import(package)
    return sorted(importer for importer in importers if importer.split(".")[0] == "boss_bot_core")


def distribution_name(requirement: str) -> str:
    name = requirement
    for end in "[<>=!~; ":
        name = name.partition(end)[0]
    return name.strip().lower().replace("_", "-").replace(".", "-")
