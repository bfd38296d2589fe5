"""The manual builds without warnings and without the network, and agrees with the code."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from boss_bot_core import plugin
from boss_bot_core.domain.errors import ErrorType
from boss_bot_core.settings import describe_settings
from docs.generator.parts import render
from docs.generator.reference import build_reference
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


@pytest.mark.parametrize("path", sorted(DOCS.rglob("*.md")), ids=lambda path: str(path.relative_to(DOCS)))
def test_the_generated_parts_of_a_page_are_up_to_date(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text == render(text), "run `uv run python -m docs.generator`, and commit the changed pages"


def test_every_setting_is_in_the_manual() -> None:
    page = (DOCS / "operators" / "settings.md").read_text()
    assert [row.name for row in describe_settings() if f"`{row.name}`" not in page] == []
    assert [row.env for row in describe_settings() if f"`{row.env}`" not in page] == []


@pytest.mark.parametrize("page", ["users/errors.md", "operators/troubleshooting.md"])
def test_every_error_code_is_in_the_manual(page: str) -> None:
    text = (DOCS / page).read_text()
    assert [code.value for code in ErrorType if f"`{code.value}`" not in text] == []


def test_every_public_name_for_plugin_authors_is_in_the_manual() -> None:
    page = (DOCS / "plugins" / "values.md").read_text()
    assert [name for name in plugin.__all__ if f"\n### `{name}`\n" not in page] == []


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


def test_an_unknown_part_is_an_error() -> None:
    with pytest.raises(KeyError, match="weather"):
        render("<!-- generated: weather -->\n<!-- end: weather -->")


def test_a_public_name_without_a_docstring_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "undocumented.py").write_text('__all__ = ["fetch"]\n\n\ndef fetch() -> None: ...\n')
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ValueError, match=r"undocumented\.fetch"):
        build_reference("undocumented")
