"""The project's own source files, as the architecture tests read them: paths, text and syntax trees."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
CORE = ROOT / "boss_bot_core"
DOCS = ROOT / "docs"
PLUGINS = tuple(sorted(path.parent for path in ROOT.glob("plugins/*/pyproject.toml")))
PLUGIN_PACKAGES = tuple(path.name for path in PLUGINS)


def core_modules() -> list[Path]:
    """Return every module of the core."""
    return sorted(CORE.rglob("*.py"))


def plugin_modules() -> list[Path]:
    """Return every module that a plugin ships."""
    return sorted(path for plugin in PLUGINS for path in (plugin / "src").rglob("*.py"))


def benchmark_modules() -> list[Path]:
    """Return every benchmark."""
    return sorted((ROOT / "benchmarks").rglob("*.py"))


def modules_of_tests() -> list[Path]:
    """Return every module of the tests but for these ones, which name things without using them."""
    folders = [ROOT / "tests", *(plugin / "tests" for plugin in PLUGINS)]
    own = Path(__file__).parent
    return sorted(path for folder in folders for path in folder.rglob("*.py") if own not in path.parents)


@cache
def tree(path: Path) -> ast.Module:
    """Return a module's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def place(path: Path, line: int = 1) -> str:
    """Return where something stands, as an editor opens it."""
    return f"{path.relative_to(ROOT)}:{line}"


def module_name(path: Path) -> str:
    """Return the dotted name under which a module of the core is imported."""
    parts = path.relative_to(ROOT).with_suffix("").parts if path != CORE else ("boss_bot_core",)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def called_names(path: Path) -> Iterator[tuple[str, int]]:
    """Yield the plain names that a module calls, and the lines."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id, node.lineno
