"""The common plan of several post-processing plugins: one that has none, or breaks, makes all of them be called."""

from pathlib import Path
from typing import Any

import pytest

from boss_bot_core.plugin import ByteRange, PostProcessPlan, PostProcessRequest
from boss_bot_core.plugin.manager import PluginManager
from tests.plugin.written_plugins import PluginWriter, point

__all__ = ["point"]

CONVERTING = """
from boss_bot_core.plugin import *
@hookimpl
def bossbot_post_process(request):
    return None
"""
PLANNING = (
    CONVERTING
    + """
@hookimpl
def bossbot_plan_post_process(request):
    {body}
"""
)
KEEP = PLANNING.format(body="return PostProcessPlan(kept=(None,), notes=('kept',))")
CUT = PLANNING.format(body="return PostProcessPlan(kept=((ByteRange(start=0, stop=1),),), notes=('cut',))")
INSPECTING = """
from boss_bot_core.plugin import *
@hookimpl
def bossbot_inspect_file(file):
    return None
"""


def plan(point: PluginWriter, *sources: str) -> PostProcessPlan | None:
    points = [point(f"p{number}", source) for number, source in enumerate(sources)]
    request: PostProcessRequest[Any] = PostProcessRequest(
        files=(Path("/a"),), directory=Path("/out"), max_file_size_bytes=1, report=lambda _: None
    )
    manager = PluginManager.load(entry_points=points)
    assert manager.failures == []
    return manager.plan_post_process(request)


def test_what_one_plugin_cuts_and_others_keep_is_the_plan(point: PluginWriter) -> None:
    found = plan(point, KEEP, CUT, INSPECTING, KEEP)
    assert found is not None
    assert found.kept == ((ByteRange(start=0, stop=1),),)
    assert found.notes == ("kept", "cut", "kept")


@pytest.mark.parametrize(
    "others",
    [
        (CUT,),
        (CONVERTING,),
        (PLANNING.format(body="return None"),),
        (PLANNING.format(body="raise OSError('broken')"),),
        (PLANNING.format(body="return 1"),),
        (PLANNING.format(body="return PostProcessPlan(kept=())"),),
    ],
    ids=["two cut", "one does not plan", "none", "broken", "wrong type", "wrong number"],
)
def test_otherwise_there_is_no_plan(point: PluginWriter, others: tuple[str, ...]) -> None:
    assert plan(point, CUT, *others) is None


def test_without_a_plugin_that_converts_there_is_no_plan(point: PluginWriter) -> None:
    assert plan(point, INSPECTING) is None
