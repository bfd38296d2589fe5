"""Finds the texts in the modules of the bot: those that are marked for translation, and those that are not."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeGuard

from tests.architecture.sources import CORE, tree
from tests.catalogues.tool import KEYWORDS

PROSE = re.compile(r"[^\W\d_]{2,}(?:[^\w\s]*\s+[^\w\s]*[^\W\d_]{2,}|[^\w\s]*[.!?…:]\s*$)|^[A-Z][a-z]{2,}$")
"""Two words in a row, a word with an end of a sentence, or a capitalised word alone."""

LOGS = {"logger", "log", "_log"}
NOT_READ = {"create_task", "TypeVar", "getattr", "bind", "compile", "ContextVar", "import_module"}
"""Functions whose texts no person reads in Discord."""


def bot_modules() -> list[Path]:
    """Return every module of the bot."""
    return sorted((CORE / "bot").rglob("*.py"))


def marked(path: Path) -> Iterator[tuple[str, int]]:
    """Yield the texts that a module marks for translation, with their lines."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and name_of(node.func) in KEYWORDS:
            for part in node.args:
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.value, part.lineno


def marked_in_format_strings(path: Path) -> Iterator[int]:
    """Yield the lines in which a text is marked inside an f-string, where the extraction may not find it."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.JoinedStr):
            calls = [part for part in ast.walk(node) if isinstance(part, ast.Call) and name_of(part.func) in KEYWORDS]
            yield from (call.lineno for call in calls if any(isinstance(arg, ast.Constant) for arg in call.args))


def unmarked(path: Path) -> Iterator[tuple[str, int]]:
    """Yield the texts of a module that read like prose, are not marked, and may reach a person."""
    yield from _unmarked_below(tree(path))


def _unmarked_below(node: ast.AST) -> Iterator[tuple[str, int]]:
    for child in ast.iter_child_nodes(node):
        if _is_left_out(child, node):
            continue
        if isinstance(child, ast.JoinedStr):
            text = "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in child.values)
            if is_prose(text):
                yield text, child.lineno
        elif isinstance(child, ast.Constant) and not isinstance(node, ast.JoinedStr) and is_prose(child.value):
            yield child.value, child.lineno
        yield from _unmarked_below(child)


def _is_left_out(node: ast.AST, parent: ast.AST) -> bool:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True  # a docstring
    if node in (getattr(parent, "annotation", None), getattr(parent, "returns", None)):
        return True
    return isinstance(node, ast.Call) and (
        name_of(node.func) in KEYWORDS.keys() | NOT_READ or any(name in LOGS for name in names_in(node.func))
    )


def is_prose(value: object) -> TypeGuard[str]:
    """Return whether a value is a text that reads like prose."""
    return isinstance(value, str) and PROSE.search(value) is not None


def name_of(function: ast.expr) -> str:
    """Return the last name of what is called."""
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def names_in(function: ast.expr) -> Iterator[str]:
    """Yield all names of what is called, as in `logger.bind(…).info`."""
    for part in ast.walk(function):
        if isinstance(part, ast.Attribute | ast.Name):
            yield name_of(part)
