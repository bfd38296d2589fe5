"""Deprecated alias of `boss_bot_core.testing.plugin_runner`; it goes with version 0.2."""

import warnings

from boss_bot_core.testing.plugin_runner import PluginRunner

__all__ = ["PluginRunner"]

warnings.warn("Import PluginRunner from boss_bot_core.testing.plugin_runner.", DeprecationWarning, stacklevel=2)
