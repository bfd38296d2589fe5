"""An engine that lacks something which a plugin uses is told in one sentence, before any download."""

import json
import subprocess
import sys
from importlib.metadata import version

import pytest

from boss_bot_core.plugin import check_names
from boss_bot_core.plugin.requirements import describe_failure

WARM_UP = """
import attrs, importlib, json, sys
damaged, name = {damaged!r}
if name is None:
    sys.modules[damaged] = None
else:
    owner = importlib.import_module(damaged)
    *path, name = name.split(".")
    for step in path:
        owner = getattr(owner, step)
    delattr(owner, name)
from boss_bot_core.plugin.manager import PluginManager
manager = PluginManager.load()
manager.engines.warm_up(manager.engines.cold)
print(json.dumps({{failure.name: failure.reason for failure in manager.failures}}))
"""

GALLERYDL_USERS = dict.fromkeys(("gallerydl", "reddit", "twitter"), "boss-bot-gallerydl")
DAMAGES = [
    (("yt_dlp.utils", "PagedList"), "yt-dlp", {"ytdlp": "boss-bot-ytdlp"}),
    (("yt_dlp.YoutubeDL", "YoutubeDL.process_ie_result"), "yt-dlp", {"ytdlp": "boss-bot-ytdlp"}),
    (("yt_dlp.extractor.common", "InfoExtractor._webpage_read_content"), "yt-dlp", {"ytdlp": "boss-bot-ytdlp"}),
    (("gallery_dl.job", "DownloadJob.handle_skip"), "gallery_dl", GALLERYDL_USERS),
    (("gallery_dl.downloader.ytdl", None), "gallery_dl", {"reddit": "boss-bot-reddit"}),
]


def warm_up_with(damaged: tuple[str, str | None]) -> dict[str, str]:
    """Return the reasons of the failed plugins in a process whose engine lacks a name, or a whole module."""
    script = WARM_UP.format(damaged=damaged)
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True, timeout=60)
    reasons: dict[str, str] = json.loads(done.stdout)
    return reasons


@pytest.mark.parametrize(("damaged", "engine", "users"), DAMAGES)
def test_a_name_that_the_installed_engine_lacks_is_told_with_the_versions(
    damaged: tuple[str, str | None], engine: str, users: dict[str, str]
) -> None:
    has, own = version(engine), version("boss-bot-core")
    missing = ".".join(part for part in damaged if part is not None)
    assert warm_up_with(damaged) == {
        plugin: f"{engine} {has} has no {missing}, which {user} {own} needs: install a newer {user}, or {engine}<{has}"
        for plugin, user in users.items()
    }


class Engine:
    """An engine's class, with a class attribute, a method and an attribute that only instances have."""

    field = 1

    def __init__(self) -> None:
        self.later = 2

    def start(self) -> None:
        self.stop()  # type: ignore[attr-defined]  # an engine can lack what it calls itself


def test_names_of_a_class_are_its_members_and_what_its_initializer_sets() -> None:
    check_names(Engine, "field", "later", "start")
    check_names(json, "loads", "JSONDecoder")
    with pytest.raises(ImportError, match=r"^cannot import name 'Engine\.stop' from '.*test_requirements'$"):
        check_names(Engine, "field", "stop")
    with pytest.raises(ImportError, match=r"^cannot import name 'gone' from 'json'$"):
        check_names(json, "gone")


@pytest.mark.parametrize(
    "error",
    [
        AttributeError("gone"),
        ImportError("broken"),
        ModuleNotFoundError("No module named 'nowhere'", name="nowhere"),
        # Of the standard library.
        ImportError("cannot import name 'x' from 'json'", name="json"),
    ],
)
def test_any_other_exception_is_told_as_it_is(error: Exception) -> None:
    assert describe_failure("warmed up", error) == f"cannot be warmed up: {type(error).__name__}: {error}"
