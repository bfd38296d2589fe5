"""Rules for every module: its length, no leftovers, existing public names, and light imports."""

import ast
import importlib
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from tests.architecture.sources import (
    CORE,
    ROOT,
    benchmark_modules,
    called_names,
    core_modules,
    module_name,
    modules_of_tests,
    place,
    plugin_modules,
    tree,
)
from tests.architecture.structure import lines_in

MAX_LINES = 120
MAX_TEST_LINES = 220
# Each marker is split, because the search covers this module too.
LEFTOVERS = re.compile("\\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X")) + ")\\b")
HEAVY = ("discord", "av", "PIL", "gallery_dl", "yt_dlp", "requests", "aiohttp", "httpx")


def test_every_module_has_at_most_120_lines() -> None:
    shipped = [*core_modules(), *plugin_modules(), *benchmark_modules()]
    assert [place(path, lines_in(path)) for path in shipped if lines_in(path) > MAX_LINES] == []


def test_every_test_module_has_at_most_220_lines() -> None:
    assert [place(path, lines_in(path)) for path in modules_of_tests() if lines_in(path) > MAX_TEST_LINES] == []


def test_the_core_never_prints() -> None:
    prints = [
        place(path, line) for path in core_modules() for name, line in called_names(path) if name in {"print", "pprint"}
    ]
    assert prints == []


def test_no_marker_of_unfinished_work_is_left() -> None:
    modules = [*core_modules(), *plugin_modules(), *benchmark_modules(), *modules_of_tests()]
    texts = [*modules, *sorted(ROOT.glob("docs/**/*.md")), *sorted(ROOT.glob("*.md")), ROOT / "pyproject.toml"]
    found = [
        place(path, number)
        for path in texts
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if LEFTOVERS.search(line)
    ]
    assert found == []


@pytest.mark.filterwarnings("ignore:Import PluginRunner:DeprecationWarning")
@pytest.mark.parametrize("path", [path for path in core_modules() if "__all__" in path.read_text()], ids=module_name)
def test_every_exported_name_exists_once(path: Path) -> None:
    names = public_names(path)
    module = importlib.import_module(module_name(path))
    assert [name for name in names if not hasattr(module, name)] == []
    assert len(names) == len(set(names))


def public_names(path: Path) -> list[str]:
    for node in tree(path).body:
        if isinstance(node, ast.Assign) and any(getattr(target, "id", None) == "__all__" for target in node.targets):
            names: list[str] = ast.literal_eval(node.value)
            return names
    raise AssertionError(f"{path} mentions __all__ and does not set it")


@pytest.mark.parametrize("point", metadata.entry_points(group="boss_bot"), ids=lambda point: point.name)
def test_the_import_of_a_plugin_loads_no_engine(point: metadata.EntryPoint) -> None:
    assert loaded_by(point.module) == []


def test_the_command_line_loads_no_engine_and_no_discord() -> None:
    assert loaded_by("boss_bot_core.cli.app") == []


def test_the_bot_itself_loads_no_http_client_of_downloads() -> None:
    assert "httpx" not in loaded_by("boss_bot_core.bot.application")


def test_the_import_of_the_built_in_inspection_loads_no_decoder() -> None:
    assert (CORE / "verification" / "plugin.py").exists()
    assert loaded_by("boss_bot_core.verification.plugin") == []


def loaded_by(module: str) -> list[str]:
    """Return the heavy packages that importing `module` loads, in a process of its own."""
    program = f"import sys, {module}\nprint(*sorted({HEAVY!r} & sys.modules.keys()))".replace(
        repr(HEAVY), repr(set(HEAVY))
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    return done.stdout.split()
