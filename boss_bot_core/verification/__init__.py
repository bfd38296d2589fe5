"""Verification: the core's built-in inspection plugin, which checks fetched files by their content.

The plugin is `boss_bot_core.verification.plugin`. This package imports no module, because the decoders are heavy.
"""
