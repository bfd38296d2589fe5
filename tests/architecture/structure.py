"""Figures of the core: module lengths, importers, slivers, and public names that several packages define."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import grimp

from tests.architecture.sources import CORE, core_modules, module_name, tree

SLIVER_LINES = 40
"""A module below this length needs more than one importer, or a reason."""

ENTRY_POINTS = {"__init__", "__main__"}


def lines_in(path: Path) -> int:
    """Return the number of lines of a file."""
    return len(path.read_text(encoding="utf-8").splitlines())


def modules_below(*packages: str) -> list[Path]:
    """Return the core's modules in the given packages, `bot/cards` for example; all modules without an argument."""
    folders = [CORE / package for package in packages] or [CORE]
    return [path for path in core_modules() if any(path.is_relative_to(folder) for folder in folders)]


def median_length() -> float:
    """Return the median length of the core's modules that are not a package's `__init__`."""
    return median(lines_in(path) for path in core_modules() if path.stem not in ENTRY_POINTS)


def importers_of(path: Path, imports: grimp.ImportGraph) -> set[str]:
    """Return the modules of the core that import a module, also inside functions and under TYPE_CHECKING."""
    found = imports.find_modules_that_directly_import(module_name(path))
    return {importer for importer in found if importer.split(".")[0] == "boss_bot_core"}


def single_importer_modules(imports: grimp.ImportGraph) -> list[Path]:
    """Return the modules that exactly one module of the core imports."""
    # Alembic loads the migrations by their path: they are no package.
    named = [path for path in core_modules() if path.stem not in ENTRY_POINTS and module_name(path) in imports.modules]
    return [path for path in named if len(importers_of(path, imports)) == 1]


def slivers(imports: grimp.ImportGraph) -> list[Path]:
    """Return the short modules whose only importer is a neighbour in the same package."""
    return [
        path
        for path in single_importer_modules(imports)
        if lines_in(path) < SLIVER_LINES
        and {importer.rpartition(".")[0] for importer in importers_of(path, imports)}
        <= {module_name(path.parent), module_name(path.parent).rpartition(".")[0]}
    ]


def public_names(path: Path) -> Iterator[str]:
    """Yield the public classes, functions and constants that a module defines at its top level."""
    for node in tree(path).body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            names = [node.name]
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = [target.id for target in targets if isinstance(target, ast.Name)]
        else:
            names = []
        yield from (name for name in names if not name.startswith("_"))


def names_in_several_packages() -> dict[str, list[str]]:
    """Return the public names that modules of several packages define, with those modules."""
    places = defaultdict[str, set[str]](set)
    for path in core_modules():
        for name in public_names(path):
            places[name].add(module_name(path))
    return {
        name: sorted(modules)
        for name, modules in sorted(places.items())
        if len({module.rpartition(".")[0] for module in modules}) > 1
    }
