"""The manual builds without warnings and without the network, and agrees with the code."""

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
EXTERNAL_RESOURCE = re.compile(
    r'<(?:script|img|iframe)[^>]*\ssrc="(?:https?:)?//|<link[^>]*\shref="(?:https?:)?//[^"]+"[^>]*>'
)


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


def test_the_architecture_page_names_every_package() -> None:
    text = (DOCS / "architecture" / "index.md").read_text()
    packages = {path.parent.name for path in (ROOT / "boss_bot_core").glob("*/__init__.py")}
    assert set(re.findall(r"^\| `(\w+)/` \|", text, re.MULTILINE)) == packages


def test_every_path_in_contributing_exists() -> None:
    paths = re.findall(r"`((?:boss_bot_core|plugins|docs|tests)/[\w./-]*)`", (ROOT / "CONTRIBUTING.md").read_text())
    assert paths
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_no_page_loads_external_resources(manual: Path) -> None:
    pages = sorted(manual.rglob("*.html"))
    assert pages
    resources = [
        f"{page.relative_to(manual)}: {hit[0]}"
        for page in pages
        for hit in EXTERNAL_RESOURCE.finditer(page.read_text())
    ]
    assert [resource for resource in resources if 'rel="canonical"' not in resource] == []


def test_an_unknown_table_breaks_the_build(tables: ModuleType) -> None:
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
