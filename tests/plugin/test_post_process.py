"""The chain of post-processing hooks, and the limits in their request."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest

from boss_bot_core.domain.sizes import MEGABYTE
from boss_bot_core.errors import build_report
from boss_bot_core.plugin import (
    ChoiceNeededError,
    ConversionProgress,
    MediaKind,
    PostProcessRequest,
    PostProcessResult,
    ProcessedFile,
    SkippedFile,
)
from boss_bot_core.plugin.declared_settings import build_settings
from boss_bot_core.plugin.manager import PluginManager
from boss_bot_core.plugin.post_process_chain import chain_steps
from tests.plugin.written_plugins import PluginWriter, point

__all__ = ["point"]

SOURCE = Path("/in/a.mkv")


def build_request(*files: Path, max_file_size_bytes: int = 1) -> PostProcessRequest[Any]:
    reports: list[ConversionProgress] = []
    return PostProcessRequest(
        files=files, directory=Path("/out"), max_file_size_bytes=max_file_size_bytes, report=reports.append
    )


def make(
    name: str, *, thumbnail: str | None = None, description: str | None = None
) -> Callable[..., PostProcessResult]:
    def step(request: PostProcessRequest[Any]) -> PostProcessResult:
        made = ProcessedFile(
            path=request.directory / name,
            source=request.files[0],
            thumbnail=None if thumbnail is None else request.directory / thumbnail,
            description=description,
        )
        return PostProcessResult(files=(made,), notes=(name,), skipped=(SkippedFile(name=name, reason="no"),))

    return step


def test_a_later_step_keeps_the_thumbnail_and_the_description_that_it_does_not_replace() -> None:
    steps = (make("b", thumbnail="b.jpg", description="a cat"), lambda _: None, make("c", description="a dog"))
    result = chain_steps(build_request(SOURCE), steps)
    [file] = result.files
    assert (file.path, file.source) == (Path("/out/c"), SOURCE)
    assert (file.thumbnail, file.description) == (Path("/out/b.jpg"), "a dog")
    assert (result.notes, [each.name for each in result.skipped]) == (("b", "c"), ["b", "c"])


@pytest.mark.parametrize(
    ("limit", "kind", "expected"),
    [
        (100 * MEGABYTE, "image", 5 * MEGABYTE),
        (8 * MEGABYTE, "video", 8 * MEGABYTE),
        (20 * MEGABYTE, "audio", 10485760),
    ],
)
def test_the_lower_of_the_two_limits_bounds_what_is_made(limit: int, kind: MediaKind, expected: int) -> None:
    assert build_request(SOURCE, max_file_size_bytes=limit).limit_for(kind) == expected


def test_a_kind_without_a_limit_of_its_own_has_that_of_the_place() -> None:
    request = attrs.evolve(build_request(SOURCE, max_file_size_bytes=7), limits_by_kind={})
    assert request.limit_for("image") == 7


def test_the_choices_survive_the_way_from_the_worker_to_the_bot() -> None:
    error = ChoiceNeededError("It is too long.", choices=("convert", "sound"), advice="Choose.")
    again = build_report(error).to_error()
    assert isinstance(again, ChoiceNeededError)
    assert (again.choices, again.user_message) == (("convert", "sound"), "It is too long. Choose.")


SETTINGS = """
import attrs
from boss_bot_core.plugin import *
@attrs.frozen
class Own:
    word: str = "{word}"
    "A word."
@hookimpl
def bossbot_settings():
    return Own
@hookimpl
def bossbot_post_process(request):
    return PostProcessResult(files=(), notes=(request.settings.word,))
"""


def test_each_plugin_gets_its_own_settings(point: PluginWriter, tmp_path: Path) -> None:
    plain = "from boss_bot_core.plugin import *\n@hookimpl\ndef bossbot_post_process(request):\n"
    plain += "    return PostProcessResult(files=(), notes=(repr(request.settings),))\n"
    points = [point(word, SETTINGS.format(word=word)) for word in ("one", "two")]
    manager = PluginManager.load(entry_points=[*points, point("none", plain)])
    manager.configure("two", build_settings(manager.get_settings("two"), {"word": "own"}))
    reports: list[ConversionProgress] = []
    request = PostProcessRequest(files=(), directory=tmp_path, max_file_size_bytes=1, report=reports.append)
    assert set(manager.post_process(request).notes) == {"one", "own", "None"}
