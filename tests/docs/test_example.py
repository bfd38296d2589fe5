"""The tutorial's plugin is short, and its own tests pass with the tools for plugin authors."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.snippets import ROOT

EXAMPLE = ROOT / "docs" / "examples" / "boss_bot_example"
MAX_LINES = 35


@pytest.fixture
def installed_example(tmp_path: Path) -> Path:
    """A folder for PYTHONPATH with the example's package and its entry point."""
    info = tmp_path / "boss_bot_example-1.0.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: boss-bot-example\nVersion: 1.0.0\n")
    (info / "entry_points.txt").write_text("[boss_bot]\npictures = boss_bot_example.plugin\n")
    (tmp_path / "boss_bot_example").symlink_to(EXAMPLE / "src" / "boss_bot_example")
    return tmp_path


def test_the_example_is_a_whole_plugin_in_few_lines() -> None:
    source = (EXAMPLE / "src" / "boss_bot_example" / "plugin.py").read_text()
    assert len(source.splitlines()) <= MAX_LINES
    assert all(word in source for word in ("get_json", "cookies=", "referer=", "fetch_file"))
    assert "urllib" not in source


@pytest.mark.slow
def test_the_tests_of_the_example_pass(installed_example: Path) -> None:
    tests = installed_example / "tests"
    tests.symlink_to(EXAMPLE / "tests")
    # Outside this repository, because its pytest settings would apply to these tests too.
    run = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tests)]
    environ = os.environ | {"PYTHONPATH": str(installed_example), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        run, cwd=installed_example, env=environ, capture_output=True, text=True, timeout=100, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "10 passed" in done.stdout
