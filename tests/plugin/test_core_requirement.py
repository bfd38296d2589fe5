"""A plugin that is written for another version of the core is not loaded, and says which version it needs."""

import sys
from importlib import metadata
from pathlib import Path

import pytest

from boss_bot_core.plugin.core_requirement import find_unmet_requirement
from boss_bot_core.plugin.loader import ENTRY_POINT_GROUP
from boss_bot_core.plugin.manager import PluginManager


def _install(site: Path, *requirements: str) -> metadata.Distribution:
    info = site / "boss_bot_future-1.0.dist-info"
    info.mkdir()
    lines = ["Metadata-Version: 2.1", "Name: boss-bot-future", "Version: 1.0"]
    lines += [f"Requires-Dist: {requirement}" for requirement in requirements]
    (info / "METADATA").write_text("\n".join(lines) + "\n")
    (info / "entry_points.txt").write_text(f"[{ENTRY_POINT_GROUP}]\nfuture = boss_bot_future_plugin\n")
    return metadata.Distribution.at(info)


def test_a_plugin_for_another_core_is_not_imported(tmp_path: Path) -> None:
    points = _install(tmp_path, "attrs", "boss-bot-core>=9").entry_points
    manager = PluginManager.load(entry_points=points)
    [failure] = manager.failures
    core = metadata.version("boss-bot-core")
    assert failure.name == "future"
    assert failure.distribution == "boss-bot-future"
    assert failure.reason == (
        f"needs boss-bot-core>=9, and {core} is installed; "
        "upgrade boss-bot-core, or install another version of boss-bot-future"
    )
    assert "boss_bot_future_plugin" not in sys.modules


@pytest.mark.parametrize(
    ("requirement", "version", "unmet"),
    [
        ("boss-bot-core<0.2,>=0.1", "0.1.0", None),
        ("boss-bot-core (>=0.1,<0.2)", "0.1.7", None),
        ("Boss_Bot.Core>=0.1.0", "0.1", None),
        ("boss-bot-core<0.2,>=0.1", "0.2.0", "<0.2,>=0.1"),
        ("boss-bot-core<0.2,>=0.1", "0.10", "<0.2,>=0.1"),
        ("boss-bot-core>=0.1.1", "0.1.0", ">=0.1.1"),
        ("boss-bot-core", "0.1.0", None),
        ("boss-bot-core-extras>=9", "0.1.0", None),
        # What follows is read by `packaging`.
        ("boss-bot-core~=0.1", "0.1.0", None),
        ("boss-bot-core==0.3.*", "0.1.0", "==0.3.*"),
        ("boss-bot-core>=0.1", "0.2.0rc1", None),
        ("boss-bot-core>=0.2", "0.2.0rc1", ">=0.2"),
        ('boss-bot-core>=9; extra == "next"', "0.1.0", None),
        ('boss-bot-core>=9; python_version >= "3"', "0.1.0", ">=9"),
        ("boss-bot-core =?= 1", "0.1.0", " =?= 1"),
    ],
)
def test_the_required_versions_are_returned_when_the_core_is_none_of_them(
    tmp_path: Path, requirement: str, version: str, unmet: str | None
) -> None:
    assert find_unmet_requirement(_install(tmp_path, requirement), version) == unmet


def test_the_usual_requirement_is_checked_without_packaging(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "packaging.requirements", None)
    distribution = _install(tmp_path, "boss-bot-core<0.2,>=0.1")
    assert find_unmet_requirement(distribution, "0.1.0") is None
    assert find_unmet_requirement(distribution, "0.3.0") == "<0.2,>=0.1"
