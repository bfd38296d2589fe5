"""Old public names still work, and warn."""

import importlib
import sys

import pytest

from boss_bot_core.testing import store
from boss_bot_core.testing.plugin_runner import PluginRunner


def test_the_old_module_of_the_plugin_runner_warns() -> None:
    sys.modules.pop("boss_bot_core.testing.fetching", None)
    with pytest.warns(DeprecationWarning, match=r"boss_bot_core\.testing\.plugin_runner"):
        assert importlib.import_module("boss_bot_core.testing.fetching").PluginRunner is PluginRunner


def test_the_old_name_of_the_control_contract_warns() -> None:
    with pytest.warns(DeprecationWarning, match="ControlContract"):
        assert store.WishContract is store.ControlContract


def test_an_unknown_name_is_still_an_error() -> None:
    with pytest.raises(AttributeError, match="NoContract"):
        getattr(store, "NoContract")  # noqa: B009 - mypy would refuse the attribute
