"""Plugins that a test writes into a folder, and their entry points."""

import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from boss_bot_core.plugin.loader import ENTRY_POINT_GROUP

PLATFORM = """
from boss_bot_core.plugin import *
@hookimpl
def bossbot_platform():
    return Platform(name="{name}", title="T", description="D", alias={alias})
@hookimpl
def bossbot_match_url(link):
    return UrlMatch(media_key="m:1", url=link.url, specificity=Specificity.ENGINE, engine="{name}", reason="r")
@hookimpl
def bossbot_download(request):
    return None
"""


@pytest.fixture
def point(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> "PluginWriter":
    monkeypatch.syspath_prepend(tmp_path)
    return PluginWriter(tmp_path)


class PluginWriter:
    """Writes plugins into a folder; a call returns the entry point of a new plugin."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, name: str, source: str, module: str | None = None) -> EntryPoint:
        module = module or f"written_{name}"
        (self.folder / f"{module}.py").write_text(source)
        sys.modules.pop(module, None)
        return EntryPoint(name, module, ENTRY_POINT_GROUP)

    def platform(self, name: str, alias: str | None = None, module: str | None = None) -> EntryPoint:
        return self(name, PLATFORM.format(name=name, alias=repr(alias)), module)
