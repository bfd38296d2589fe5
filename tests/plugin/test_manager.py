"""Plugins are loaded and called one by one, and a broken plugin does not affect the others."""

import sys
from pathlib import Path
from types import ModuleType

import pytest
import typer

from boss_bot_core.errors import InternalError, PluginError
from boss_bot_core.plugin import ConversionProgress, FileToInspect, PostProcessRequest, Specificity
from boss_bot_core.plugin.manager import PluginManager
from boss_bot_core.routing import parse_link
from tests.plugin.written_plugins import PLATFORM, PluginWriter, point

__all__ = ["point"]


def get_reason(manager: PluginManager, name: str) -> str:
    return next(failed.reason for failed in manager.failures if failed.name == name)


def test_a_plugin_that_cannot_be_imported_is_recorded_and_the_others_work(point: PluginWriter) -> None:
    manager = PluginManager.load(entry_points=[point("bad", "1/0"), point.platform("good", "dlg")])
    assert list(manager.loaded) == ["good"]
    assert "ZeroDivisionError" in get_reason(manager, "bad")


def test_a_plugin_that_exits_does_not_end_the_process(point: PluginWriter) -> None:
    exit_code = "\n    raise SystemExit(3)\n"
    hooks = PLATFORM.format(name="warm", alias=None) + f"@hookimpl\ndef bossbot_warm_up():{exit_code}"
    matching = PLATFORM.format(name="asked", alias=None).replace(
        "def bossbot_match_url(link):", f"def bossbot_match_url(link):{exit_code}"
    )
    points = [
        point("bad", "raise SystemExit(3)"),
        point("warm", hooks),
        point("asked", matching),
        point.platform("good"),
    ]
    manager = PluginManager.load(entry_points=points)
    manager.engines.warm_up(manager.engines.cold)
    assert [failed.name for failed in manager.failures] == ["bad", "warm"]
    results = {result.plugin: result for result in manager.match(parse_link("https://a.b/"))}
    assert results["asked"].error == "SystemExit: 3"
    assert results["good"].match is not None


def test_a_disabled_plugin_is_not_imported(point: PluginWriter) -> None:
    manager = PluginManager.load({"bad"}, [point("bad", "1/0")])
    assert manager.failures[0].disabled


def test_a_disabled_name_without_a_plugin_is_recorded(point: PluginWriter) -> None:
    manager = PluginManager.load({"goood"}, [point.platform("good")])
    assert list(manager.loaded) == ["good"]
    assert get_reason(manager, "goood") == "disabled_plugins names it, but no plugin is called so; did you mean good?"


def test_two_plugins_with_one_name_are_both_refused(point: PluginWriter) -> None:
    manager = PluginManager.load(entry_points=[point.platform("a", module="m1"), point.platform("a", module="m2")])
    assert not manager.loaded
    assert "m1" in get_reason(manager, "a")
    assert "m2" in get_reason(manager, "a")


def test_of_two_plugins_with_one_command_only_the_first_is_in_use(point: PluginWriter) -> None:
    manager = PluginManager.load(entry_points=[point.platform("a", "dlx"), point.platform("b", "dlx")])
    assert list(manager.loaded) == ["a"]
    assert "'dlx' is already used by plugin 'a'" in get_reason(manager, "b")


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("", "implements no hook"),
        ("from boss_bot_core.plugin import *\n@hookimpl\ndef bossbot_matchurl(link): ...", "check the spelling"),
        ("from boss_bot_core.plugin import *\n@hookimpl\ndef bossbot_match_url(url): ...", "url"),
        ("from boss_bot_core.plugin import *\n@hookimpl\ndef bossbot_match_url(link): ...", "only a part"),
        (PLATFORM.format(name="x", alias=None).replace("return Platform(", "return dict("), "instead of a Platform"),
    ],
)  # fmt: skip
def test_a_plugin_that_breaks_the_contract_is_refused_with_the_reason(
    point: PluginWriter, source: str, reason: str
) -> None:
    manager = PluginManager.load(entry_points=[point("p", source)])
    assert not manager.loaded
    assert reason in get_reason(manager, "p")


def test_an_exception_or_an_invalid_answer_of_the_match_hook_is_the_error_of_that_plugin(point: PluginWriter) -> None:
    broken = PLATFORM.format(name="x", alias=None).replace("return UrlMatch", "raise ValueError('no') or UrlMatch")
    wrong = PLATFORM.format(name="y", alias=None).replace("return UrlMatch(", "return dict(")
    manager = PluginManager.load(entry_points=[point("x", broken), point("y", wrong), point.platform("z")])
    results = {result.plugin: result for result in manager.match(parse_link("https://a.b/"))}
    assert results["x"].error == "ValueError: no"
    assert "instead of a UrlMatch" in (results["y"].error or "")
    assert results["z"].match is not None


def test_a_download_without_a_result_breaks_the_contract(point: PluginWriter) -> None:
    manager = PluginManager.load(entry_points=[point.platform("a")])
    with pytest.raises(InternalError, match="Plugin a returned None from bossbot_download"):
        manager.download("a", request=ModuleType("unused"))  # type: ignore[arg-type]  # the hook ignores it
    with pytest.raises(PluginError, match="No plugin 'b'"):
        manager.download("b", request=ModuleType("unused"))  # type: ignore[arg-type]  # no hook receives it


def test_a_plugin_whose_warm_up_fails_is_removed(point: PluginWriter) -> None:
    cold = PLATFORM.format(name="a", alias=None) + "@hookimpl\ndef bossbot_warm_up(): raise OSError('no disk')\n"
    manager = PluginManager.load(entry_points=[point("a", cold), point.platform("b")])
    manager.engines.warm_up(manager.engines.cold)
    assert list(manager.loaded) == ["b"]
    assert "no disk" in get_reason(manager, "a")


INSPECTOR = """
from boss_bot_core.plugin import *
@hookimpl
def bossbot_inspect_file(file):
    return FileFacts({facts})
@hookimpl
def bossbot_post_process(request):
    files = tuple(ProcessedFile(path=p.with_suffix(p.suffix + "{suffix}"), source=p) for p in request.files)
    return PostProcessResult(files=files, notes=("{suffix}",))
"""


def test_inspection_facts_are_merged_and_post_processors_are_chained(point: PluginWriter, tmp_path: Path) -> None:
    first = point("one", INSPECTOR.format(facts="mime_type='image/png'", suffix=".1"))
    second = point("two", INSPECTOR.format(facts="mime_type='text/html', width=3", suffix=".2"))
    manager = PluginManager.load(entry_points=[first, second])
    path = tmp_path / "a"
    facts = manager.inspect_file(FileToInspect(path=path, kind="any", size_bytes=1), ["one", "two"])
    assert (facts.mime_type, facts.width) == ("image/png", 3)
    reports: list[ConversionProgress] = []
    request = PostProcessRequest(files=(path,), directory=tmp_path, max_file_size_bytes=1, report=reports.append)
    result = manager.post_process(request)
    assert [(file.path.name, file.source) for file in result.files] == [("a.1.2", path)]
    assert result.notes == (".1", ".2")


def test_commands_are_added_and_a_failure_is_recorded(point: PluginWriter) -> None:
    source = "from boss_bot_core.plugin import *\n@hookimpl\ndef bossbot_register_cli(app): "
    manager = PluginManager.load(
        entry_points=[point("good", source + "app.command('hello')(print)"), point("bad", source + "1/0")]
    )
    app = typer.Typer()
    manager.register_cli(app)
    assert [command.name for command in app.registered_commands] == ["hello"]
    assert "division" in get_reason(manager, "bad")


def test_a_platform_with_an_unknown_type_of_files_is_refused(point: PluginWriter) -> None:
    source = PLATFORM.format(name="p", alias=None).replace('title="T"', 'title="T", extra_types=("pdf", "exe", "svg")')
    manager = PluginManager.load(entry_points=[point("p", source)])
    assert get_reason(manager, "p") == "its platform has unknown extra_types: exe, svg"


def test_a_match_does_not_import_a_cold_engine_and_takes_no_more_than_its_platform_says(point: PluginWriter) -> None:
    (point.folder / "slow_engine.py").write_text("")
    sys.modules.pop("slow_engine", None)
    needs_engine = PLATFORM.format(name="a", alias=None).replace("alias=None", 'engine_packages=("slow_engine",)')
    needs_engine = needs_engine.replace("    return UrlMatch", "    import slow_engine\n    return UrlMatch")
    warm_up = "@hookimpl\ndef bossbot_warm_up(): import slow_engine\n"
    modest = PLATFORM.format(name="b", alias=None).replace("alias=None", "max_specificity=Specificity.DIRECT")
    manager = PluginManager.load(entry_points=[point("a", needs_engine + warm_up), point("b", modest)])
    link = parse_link("https://a.b/")
    undecided, refused = manager.match(link, loads_engines=False)
    assert (undecided.undecided_up_to, undecided.match, undecided.error) == (Specificity.PLATFORM, None, None)
    assert refused.error == "returned a match of ENGINE, above the max_specificity of its platform"
    assert "slow_engine" not in sys.modules
    manager.engines.warm_up(["a"])
    answer, _ = manager.match(link, loads_engines=False)
    assert answer.match is not None
    assert manager.engines.cold == ()
