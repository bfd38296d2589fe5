"""The manual is built without a warning and without the network, and says what the code says."""

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from boss_bot_core.domain.errors import ErrorType
from boss_bot_core.settings import describe_settings
from tests.docs.snippets import ROOT

DOCS = ROOT / "docs"
LOADING = re.compile(r'<(?:script|img|iframe)[^>]*\ssrc="(?:https?:)?//|<link[^>]*\shref="(?:https?:)?//[^"]+"[^>]*>')


@pytest.fixture(scope="module")
def manual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("manual")
    build = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    done = subprocess.run(
        build, cwd=ROOT, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return folder


def test_every_setting_is_in_the_manual(manual: Path) -> None:
    page = (manual / "operators" / "settings" / "index.html").read_text()
    assert [row.name for row in describe_settings() if f"<code>{row.name}</code>" not in page] == []
    assert [row.env for row in describe_settings() if f"<code>{row.env}</code>" not in page] == []


@pytest.mark.parametrize("page", ["users/errors", "operators/troubleshooting"])
def test_every_error_code_is_in_the_manual(manual: Path, page: str) -> None:
    text = (manual / page / "index.html").read_text()
    assert [code.value for code in ErrorType if f"<code>{code.value}</code>" not in text] == []


def test_the_architecture_names_every_room() -> None:
    text = (DOCS / "architecture" / "index.md").read_text()
    rooms = {path.parent.name for path in (ROOT / "boss_bot_core").glob("*/__init__.py")}
    assert set(re.findall(r"^\| `(\w+)/` \|", text, re.MULTILINE)) == rooms


def test_the_map_for_contributors_leads_to_places_that_there_are() -> None:
    paths = re.findall(r"`((?:boss_bot_core|plugins|docs|tests)/[\w./-]*)`", (ROOT / "CONTRIBUTING.md").read_text())
    assert paths
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_no_page_loads_anything_from_elsewhere(manual: Path) -> None:
    pages = sorted(manual.rglob("*.html"))
    assert pages
    found = [f"{page.relative_to(manual)}: {hit[0]}" for page in pages for hit in LOADING.finditer(page.read_text())]
    assert [hit for hit in found if 'rel="canonical"' not in hit] == []


def test_a_table_that_nobody_knows_breaks_the_build(tables: ModuleType) -> None:
    with pytest.raises(KeyError):
        tables.on_page_markdown("<!-- table: weather -->")


@pytest.fixture
def tables() -> ModuleType:
    spec = importlib.util.spec_from_file_location("tables", DOCS / "_hooks" / "tables.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
