"""Deprecated alias of `boss_bot_core.testing.download`; it goes with version 0.2."""

import warnings

from boss_bot_core.testing.download import PluginRunner

__all__ = ["PluginRunner"]

warnings.warn("Import PluginRunner from boss_bot_core.testing.download.", DeprecationWarning, stacklevel=2)
