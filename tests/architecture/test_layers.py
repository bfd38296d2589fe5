"""Import rules between the core's packages: imports point down one list, and private modules stay private."""

from collections.abc import Iterable
from graphlib import CycleError, TopologicalSorter

import grimp
import pytest

from tests.architecture.sources import CORE

LAYERS = [
    {"__main__"},
    {"cli", "testing"},
    {"bot"},
    {"app"},
    {"operations"},
    {"pipeline"},
    {"chat_settings"},
    {"access"},
    {"routing", "queue", "worker", "egress", "storage", "delivery", "verification", "log", "charts"},
    {"database", "plugin", "settings"},
    {"errors"},
    {"domain", "concurrency", "zygote_launch"},
]
"""From the top: a package imports only from packages on lower lines, and never from a package on its own line."""

MAY_READ_SETTINGS = {"app", "cli", "bot", "log", "settings"}
"""All other packages get the values that they need, so that they can be built and tested without settings."""


def package_of(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def details(graph: grimp.ImportGraph, importer: str, imported: str) -> str:
    lines = [str(found["line_number"]) for found in graph.get_import_details(importer=importer, imported=imported)]
    return f"{importer}:{','.join(lines)} imports {imported}"


def core_imports(graph: grimp.ImportGraph) -> Iterable[tuple[str, str]]:
    core = {module for module in graph.modules if module.split(".")[0] == "boss_bot_core"}
    for module in sorted(core):
        for imported in sorted(graph.find_modules_directly_imported_by(module) & core):
            yield module, imported


def test_every_package_is_in_the_list() -> None:
    found = {path.stem for path in CORE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert found - {"__init__"} <= set().union(*LAYERS)


def test_imports_point_down_the_list_of_packages(imports: grimp.ImportGraph) -> None:
    level = {package: number for number, packages in enumerate(LAYERS) for package in packages}
    wrong = [
        details(imports, importer, imported)
        for importer, imported in core_imports(imports)
        if package_of(imported) not in {package_of(importer), ""}
        and level[package_of(imported)] <= level[package_of(importer)]
    ]
    assert wrong == []


def test_no_import_circle_exists(runtime_imports: grimp.ImportGraph) -> None:
    needs: dict[str, set[str]] = {}
    for importer, imported in core_imports(runtime_imports):
        needs.setdefault(importer, set()).add(imported)
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as circle:
        pytest.fail(" imports ".join(reversed(circle.args[1])))


def test_only_the_outer_packages_read_the_settings(imports: grimp.ImportGraph) -> None:
    wrong = [
        details(imports, importer, imported)
        for importer, imported in core_imports(imports)
        if package_of(imported) == "settings" and package_of(importer) not in MAY_READ_SETTINGS
    ]
    assert wrong == []


def test_a_module_with_a_leading_underscore_is_imported_by_its_own_package_only(imports: grimp.ImportGraph) -> None:
    wrong = []
    for private in sorted(module for module in imports.modules if is_private(module)):
        package = private[: private.index("._")]
        importers = imports.find_modules_that_directly_import(private)
        wrong += [
            details(imports, importer, private)
            for importer in sorted(importers)
            if importer != package and not importer.startswith(package + ".")
        ]
    assert wrong == []


def is_private(module: str) -> bool:
    return any(part.startswith("_") and not part.startswith("__") for part in module.split("."))
