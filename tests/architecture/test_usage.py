"""Shipped code is used by shipped code: functions, classes and constants that only tests use are leftovers."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.architecture.sources import CORE, PLUGINS, benchmark_modules, core_modules, place, plugin_modules, tree

FOR_TESTS = (CORE / "testing", *(path for plugin in PLUGINS for path in (plugin / "src").rglob("testing*")))
"""Tools for the tests of plugin authors."""

PROMISED = (CORE / "plugin" / "__init__.py", *(path for plugin in PLUGINS for path in plugin.glob("src/*/engine.py")))
"""The modules whose `__all__` is for plugin authors; every other `__all__` only shortens an import."""

MIGRATIONS = CORE / "database" / "migrations"
"""Alembic reads their names."""

FOR_OTHERS = {"ControlClient", "EDIT"}
"""For tests in other processes: the client of the local Discord, and the route of a fault."""

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def shipped() -> list[Path]:
    return [*core_modules(), *plugin_modules(), *benchmark_modules()]


def defined_in(path: Path) -> Iterator[tuple[str, int]]:
    """Yield the top-level names of a module that no decorator registers, with their lines."""
    for node in tree(path).body:
        if isinstance(node, Definition) and all("attrs." in ast.unparse(by) for by in node.decorator_list):
            yield node.name, node.lineno
        elif isinstance(node, ast.Assign) and not is_list_of_names(node):
            yield from ((target.id, node.lineno) for target in node.targets if isinstance(target, ast.Name))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id, node.lineno


@cache
def used() -> set[str]:
    """Return every name that is read somewhere; an import under another name counts as a read."""
    found: set[str] = set()
    for path in shipped():
        for statement in tree(path).body:
            if path in PROMISED or not is_list_of_names(statement):
                found.update(name for node in ast.walk(statement) for name in read_by(node))
    return found


def is_list_of_names(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Assign) and any(ast.unparse(one) == "__all__" for one in statement.targets)


def read_by(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        yield node.id
    elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
        yield node.attr
    elif isinstance(node, ast.alias) and node.asname is not None:
        yield node.name
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        # An annotation in quotes.
        yield node.value.partition("[")[0]


def test_every_definition_is_used() -> None:
    left_out = (*FOR_TESTS, MIGRATIONS)
    unused = [
        f"{place(path, line)} {name}"
        for path in shipped()
        if not any(path.is_relative_to(folder) for folder in left_out)
        for name, line in defined_in(path)
        if name not in used() | FOR_OTHERS
    ]
    assert unused == []


READ_BY_OTHERS = {"at": "a step of the history in metadata.json", "limit_for": "the hooks of plugins"}
"""Members that no code of the core reads, and who does: a value is written as a whole, or handed to a plugin."""


def members_of_values(path: Path) -> Iterator[tuple[str, int]]:
    """Yield the fields, properties and methods of the module's attrs classes, with their lines."""
    for kind in ast.walk(tree(path)):
        if isinstance(kind, ast.ClassDef) and any("attrs." in ast.unparse(by) for by in kind.decorator_list):
            for member in kind.body:
                if isinstance(member, ast.AnnAssign) and isinstance(member.target, ast.Name):
                    yield member.target.id, member.lineno
                elif isinstance(member, Definition) and not member.name.startswith("__"):
                    yield member.name, member.lineno


def test_every_member_of_a_value_is_read() -> None:
    unread = [
        f"{place(path, line)} {name}"
        for path in core_modules()
        if not any(path.is_relative_to(folder) for folder in FOR_TESTS)
        for name, line in members_of_values(path)
        if name not in used() | READ_BY_OTHERS.keys()
    ]
    assert unread == []
